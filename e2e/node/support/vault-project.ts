import { randomUUID } from "node:crypto";
import { applicationVaultPath, namespaceName, secretReaderName, vaultRoleName } from "../../../model/names";
import { namespaceOf } from "../../../plan/manifest";
import type { ComponentPlan, PlannedResource } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import { someCluster, someProject } from "../../../tests/support/some-project";
import { partialComponent } from "./partial-component";

/** The project of the rows, and its namespace. */
export const projectName = "e2e-vault";

/** Its name starts alike, which must let nobody of the one into the secrets of the other. */
export const otherProject = `${projectName}-2`;

/** Path of the kv-v2 engine: the default, which the projects stack takes from the platform's. */
export const vaultMount = someCluster.vaultMount;

/** A secret that must not be lost; another text in each run. */
export const kept = { path: applicationVaultPath(projectName, "kept"), data: { value: randomUUID() } } as const;

/** What lets the project's pods into Vault: the namespace, the account, the policy and the role. */
export function vaultProjectComponent(): ComponentPlan {
  return partialComponent(planProject(someProject({}, projectName), someCluster).component, concernsAccess);
}

function concernsAccess(resource: PlannedResource): boolean {
  if (resource.kind === "vault-policy") return resource.policy === vaultRoleName(projectName);
  if (resource.kind === "vault-role") return resource.role === vaultRoleName(projectName);
  if (resource.kind !== "manifest") return false;
  const { kind, metadata } = resource.manifest;
  const own = namespaceName(projectName);
  if (kind === "Namespace") return metadata.name === own;
  return metadata.name === secretReaderName && namespaceOf(resource.manifest) === own;
}
