import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { logicalName } from "../../model/names";
import { pipelineComponentName, pushName, sensorAccountName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import { manifest } from "../manifest";
import type { Labels } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";

const namespace = platformNamespaces.argoEvents;

/** The event source asks nothing of the Kubernetes API, so its pod gets no token for it; the Sensor makes Workflows. */
export function planPushAccounts(): readonly PlannedManifest[] {
  return [account("event-source", pushName, false), account("sensor", sensorAccountName, true)];
}

/** Logical name of an account: without it no pod can be made. */
export function pushAccountResource(of: "event-source" | "sensor"): string {
  return logicalName(pipelineComponentName, `${of}-account`);
}

function account(of: "event-source" | "sensor", name: string, automountServiceAccountToken: boolean): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
    automountServiceAccountToken,
  } satisfies IServiceAccount;
  return { kind: "manifest", name: pushAccountResource(of), manifest: manifest(object) };
}

interface SensorAccessArgs {
  /** Logical names start with it. */
  readonly resource: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

/** Lets the Sensor make Workflows in a namespace, and neither see nor change any. */
export function planSensorRole({ resource, ...place }: SensorAccessArgs): readonly PlannedManifest[] {
  const metadata = {
    ...{ name: sensorAccountName, namespace: place.namespace },
    ...(place.labels ? { labels: { ...place.labels } } : {}),
  };
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata,
    rules: [{ apiGroups: ["argoproj.io"], resources: ["workflows"], verbs: ["create"] }],
  } satisfies IRole;
  const binding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: sensorAccountName },
    subjects: [{ kind: "ServiceAccount", name: sensorAccountName, namespace }],
  } satisfies IRoleBinding;
  return [
    { kind: "manifest", name: `${resource}-role`, manifest: manifest(role) },
    { kind: "manifest", name: `${resource}-binding`, manifest: manifest(binding), dependsOn: [`${resource}-role`] },
  ];
}
