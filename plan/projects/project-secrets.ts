import type { Application, Project } from "../../model/project";
import { planApplicationSecrets } from "./application-secrets";
import { hasSecretVariables } from "./delivery/application-environment";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";
import { planSecretStore } from "./secret-store";
import { planPluginVaultAccess, planVaultAccess } from "./vault-access";

/**
 * The project's part of Vault, the way by which it reaches the project's namespace, and the secrets of its applications. A
 * project without secrets has the way too, so that its first secret changes nothing else.
 */
export function planProjectSecrets(project: Project, { vaultMount }: ProjectCluster): PartPlan {
  return {
    resources: [
      ...planVaultAccess(project.name, vaultMount),
      ...(project.secretSync === "vault-plugin" ? [planPluginVaultAccess(project.name)] : []),
      ...planSecretStore(project.name, vaultMount),
      ...project.applications.flatMap((application) => planApplicationSecrets(project.name, application, vaultMount)),
    ],
    warnings: project.applications.filter(isIdle).map(({ name }) => idleWarning(project.name, name)),
  };
}

function isIdle(application: Application): boolean {
  return application.rotation > 0 && !hasSecretVariables(application);
}

function idleWarning(project: string, application: string): string {
  return (
    `${project}/${application}: \`rotation\` changes nothing, since the application has no secrets and uses no database; ` +
    "give it `secrets`, or remove it"
  );
}
