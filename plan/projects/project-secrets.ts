import type { Project } from "../../model/project";
import { planApplicationSecrets } from "./application-secrets";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";
import { planSecretStore } from "./secret-store";
import { planVaultAccess } from "./vault-access";

/**
 * The project's part of Vault, the way by which it reaches the project's namespace, and the secrets of its applications. A
 * project without secrets has the way too, so that its first secret changes nothing else.
 */
export function planProjectSecrets(project: Project, { vaultMount }: ProjectCluster): PartPlan {
  return {
    resources: [
      ...planVaultAccess(project.name, vaultMount),
      ...planSecretStore(project.name, vaultMount),
      ...project.applications.flatMap((application) => planApplicationSecrets(project.name, application, vaultMount)),
    ],
    warnings: [],
  };
}
