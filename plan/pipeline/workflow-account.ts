import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { workflowAccountName as name } from "../../model/pipeline-names";
import { manifest } from "../manifest";
import type { Labels } from "../network-policies";
import type { KubernetesManifest, PlannedManifest } from "../planned-resource";
import { accessBinding, accessRole } from "../rbac";

export interface WorkflowAccountArgs {
  /** Logical names start with it. */
  readonly resource: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

/**
 * Whom the pods of Workflows run as: the executor beside each step leaves there what the step has put out. Source:
 * argo-workflows docs/workflow-rbac.md
 */
export function planWorkflowAccount({ resource, ...place }: WorkflowAccountArgs): readonly PlannedManifest[] {
  const { namespace, labels } = place;
  const metadata = { name, namespace, ...(labels ? { labels: { ...labels } } : {}) };
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata } satisfies IServiceAccount;
  const rights = [{ apiGroups: ["argoproj.io"], resources: ["workflowtaskresults"], verbs: ["create", "patch"] }];
  const planned = (part: string, object: KubernetesManifest): PlannedManifest => ({
    kind: "manifest",
    name: `${resource}-${part}`,
    manifest: object,
  });
  return [
    planned("account", manifest(account)),
    planned("role", accessRole({ name, ...place }, rights)),
    planned("binding", accessBinding({ name, ...place }, { role: name, account: { name, namespace } })),
  ];
}
