import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { logicalName, namespaceName, workloadAccountName } from "../../model/names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { projectLabels } from "./project-labels";

/** What applications and databases run as: an account without any right, and without a token in the pod. */
export function planWorkloadAccount(project: string): PlannedManifest {
  const account = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: workloadAccountName, namespace: namespaceName(project), labels: { ...projectLabels(project) } },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount;
  return { kind: "manifest", name: workloadAccountResource(project), manifest: manifest(account) };
}

/** Logical name of that account: without it no pod can be made. */
export function workloadAccountResource(project: string): string {
  return logicalName(project, workloadAccountName);
}
