import type { Project } from "../../model/project";
import { withoutRuleset } from "../../model/ruleset-remedies";
import { privateRulesetWarnings } from "../private-rulesets";
import { gitHost, type ProjectCluster } from "./project-cluster";
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
  { webhookHost, vaultMount, gitOps }: Pick<ProjectCluster, "webhookHost" | "vaultMount" | "gitOps">,
): RepositoriesPlan {
  const repositories = projectRepositories(project);
  if (repositories.length === 0) return { resources: [], warnings: [], facts: [] };
  return {
    resources: [
      ...repositories.flatMap((repository) => planRepository(repository, webhookHost)),
      ...planRepositorySecrets(project.name, vaultMount, repositories),
    ],
    warnings: refusedRulesets(repositories, gitHost(gitOps)),
    facts: repositories.map((repository) => fact(repository, webhookHost)),
  };
}

function refusedRulesets(all: readonly ProjectRepository[], host: string): readonly string[] {
  const refused = all.filter(
    ({ settings }) => settings.mode === "create" && settings.visibility === "private" && settings.ruleset,
  );
  const repositories = refused.map(({ owner, repository }) => `${owner}/${repository}`);
  const remedy = `say ${withoutRuleset.project}, or \`visibility: public\``;
  return privateRulesetWarnings({ repositories, gitHost: host, remedy });
}

function fact(repository: ProjectRepository, webhookHost: string): RepositoryPlan {
  return {
    name: `${repository.owner}/${repository.repository}`,
    mode: repository.settings.mode,
    webhook: webhookHost === "" ? null : webhookUrl(repository, webhookHost),
  };
}
