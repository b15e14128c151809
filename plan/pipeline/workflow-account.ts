import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { workflowAccountName as name } from "../../model/pipeline-names";
import { manifest } from "../manifest";
import type { Labels } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";

export interface WorkflowAccountArgs {
  /** Logical names start with it. */
  readonly resource: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

const group = "rbac.authorization.k8s.io";

/**
 * Whom the pods of Workflows run as: the executor beside each step leaves there what the step has put out. Source:
 * argo-workflows docs/workflow-rbac.md
 */
export function planWorkflowAccount({ resource, namespace, labels }: WorkflowAccountArgs): readonly PlannedManifest[] {
  const metadata = { name, namespace, ...(labels ? { labels: { ...labels } } : {}) };
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata } satisfies IServiceAccount;
  const role = {
    apiVersion: `${group}/v1`,
    kind: "Role",
    metadata,
    rules: [{ apiGroups: ["argoproj.io"], resources: ["workflowtaskresults"], verbs: ["create", "patch"] }],
  } satisfies IRole;
  const binding = {
    apiVersion: `${group}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: group, kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  } satisfies IRoleBinding;
  const planned = (part: string, object: Parameters<typeof manifest>[0]): PlannedManifest => ({
    kind: "manifest",
    name: `${resource}-${part}`,
    manifest: manifest(object),
  });
  return [planned("account", account), planned("role", role), planned("binding", binding)];
}
