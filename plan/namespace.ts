import type { INamespace } from "kubernetes-models/v1/Namespace";
import { manifest } from "./manifest";
import type { PlannedManifest, PlannedResource } from "./planned-resource";

/** Pod Security level. Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/**
 * Version of the Pod Security Standards that namespaces are held to. Pinned, so that an upgrade of the cluster does not
 * refuse pods that ran the day before; raise it with the k3s release in use.
 */
const podSecurityVersion = "v1.34";

export interface NamespacePlanArgs {
  /** Logical name of the resource. */
  readonly resource: string;
  /** Name of the namespace. */
  readonly name: string;
  /** Level that the API server enforces; what is above it is refused. */
  readonly level: PodSecurityLevel;
  /** Level above which the API server lets a pod in and notes it in its audit log; absent: it notes nothing. */
  readonly audit?: PodSecurityLevel;
  readonly labels?: Readonly<Record<string, string>>;
  /** It holds volumes: it stays when the stack is destroyed, since deleting a namespace deletes its claims. */
  readonly retain?: boolean;
}

/** A namespace whose pods the API server checks. */
export function planNamespace(args: NamespacePlanArgs): PlannedManifest {
  const namespace: INamespace = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: args.name,
      labels: {
        "pod-security.kubernetes.io/enforce": args.level,
        "pod-security.kubernetes.io/enforce-version": podSecurityVersion,
        "pod-security.kubernetes.io/warn": args.level,
        "pod-security.kubernetes.io/warn-version": podSecurityVersion,
        ...(args.audit ? auditLabels(args.audit) : {}),
        ...args.labels,
      },
    },
  };
  const object = manifest({ ...namespace, metadata: { ...namespace.metadata, name: args.name } });
  return { kind: "manifest", name: args.resource, manifest: object, ...(args.retain ? { retain: true } : {}) };
}

function auditLabels(level: PodSecurityLevel) {
  return {
    "pod-security.kubernetes.io/audit": level,
    "pod-security.kubernetes.io/audit-version": podSecurityVersion,
  };
}

/** The name of the namespace that a planned resource is; undefined for every other resource. */
export function namespaceMadeBy(resource: PlannedResource): string | undefined {
  if (resource.kind !== "manifest") return undefined;
  const { apiVersion, kind, metadata } = resource.manifest;
  return apiVersion === "v1" && kind === "Namespace" ? metadata.name : undefined;
}
