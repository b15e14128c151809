import type { RepositorySettings } from "../model/application";
import { isGitHub, type PlannedGitHub, type PlannedGitHubRepository } from "../plan/planned-github";
import type { PlannedResource } from "../plan/planned-resource";

/** What is done with a repository on GitHub. */
export const repositoryModeText: Readonly<Record<RepositorySettings["mode"], string>> = {
  use: "used as it is",
  adopt: "adopted",
  create: "created",
};

/** The repositories that resources are about, and what is done with each. */
export function repositoryTexts(resources: readonly PlannedResource[]): readonly string[] {
  const onGitHub = resources.filter(isGitHub);
  const own = onGitHub.filter((resource) => resource.kind === "github-repository");
  return [...new Set(onGitHub.map(fullName))].map((name) => {
    const text = doneWith(own.find((repository) => fullName(repository) === name));
    return `repository ${name}: ${text}`;
  });
}

function fullName({ owner, repository }: PlannedGitHub): string {
  return `${owner}/${repository}`;
}

/** One that is not among the resources is only used. */
function doneWith(repository: PlannedGitHubRepository | undefined): string {
  if (!repository) return repositoryModeText.use;
  if (repository.adopt) return repositoryModeText.adopt;
  const { visibility } = repository.settings;
  return visibility === undefined ? repositoryModeText.create : `${repositoryModeText.create}, ${visibility}`;
}
