import type { Project } from "../../model/project";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";
import type { RepositoryPlan } from "./project-plan";
import { type ProjectRepository, projectRepositories } from "./project-repositories";
import { planRepository, webhookUrl } from "./repository";
import { planRepositorySecrets } from "./repository-secrets";

export interface RepositoriesPlan extends PartPlan {
  readonly facts: readonly RepositoryPlan[];
}

/** What GitHub must know of a project, and what the project must know of GitHub. */
export function planRepositories(
  project: Project,
  { webhookHost, vaultMount }: Pick<ProjectCluster, "webhookHost" | "vaultMount">,
): RepositoriesPlan {
  const repositories = projectRepositories(project);
  if (repositories.length === 0) return { resources: [], warnings: [], facts: [] };
  return {
    resources: [
      ...repositories.flatMap((repository) => planRepository(repository, webhookHost)),
      ...planRepositorySecrets(project.name, vaultMount, repositories),
    ],
    warnings: webhookHost === "" ? [unannounced] : [],
    facts: repositories.map((repository) => fact(repository, webhookHost)),
  };
}

const unannounced =
  "GitHub announces no push, since the cluster has no public host for webhooks; " +
  "set `idp:webhookHost` in the platform stack";

function fact(repository: ProjectRepository, webhookHost: string): RepositoryPlan {
  return {
    name: `${repository.owner}/${repository.repository}`,
    mode: repository.settings.mode,
    webhook: webhookHost === "" ? null : webhookUrl(repository, webhookHost),
  };
}
