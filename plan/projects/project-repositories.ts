import type { RepositorySettings } from "../../model/application";
import { logicalName } from "../../model/names";
import type { Project } from "../../model/project";
import { repositoryName } from "../../model/repository-names";
import { secretOf, type SecretText, secretText } from "../../model/secret-text";
import { byName, sorted } from "../../model/sorted";

/** A repository that applications of a project are built from, whether one or many. */
export interface ProjectRepository {
  /** Name of the project. */
  readonly project: string;
  /** What names it in Secrets and in Pulumi, such as `myorg.my-api`. */
  readonly key: string;
  readonly owner: string;
  readonly repository: string;
  /** Those of every application that is built from it. */
  readonly settings: RepositorySettings;
  /** That of the first application by name: the one that a repository starts with when it is made. */
  readonly firstBranch: string;
  /** Branches whose pushes are built, sorted. */
  readonly branches: readonly string[];
}

/** The repositories of a project, each once. */
export function projectRepositories({ name, applications }: Project): readonly ProjectRepository[] {
  const found = new Map<string, ProjectRepository>();
  for (const { git, repository: settings } of byName(applications)) {
    const { owner, repo: repository, branch } = git;
    const key = repositoryName(owner, repository);
    const first = { project: name, key, owner, repository, settings, firstBranch: branch, branches: [] };
    const known = found.get(key) ?? first;
    found.set(key, { ...known, branches: [...new Set([...known.branches, branch])].sort() });
  }
  return sorted([...found.values()], ({ key }) => key);
}

/** Logical name of something that belongs to one repository of a project. */
export function repositoryResource({ project, key }: ProjectRepository, role: string): string {
  return logicalName(project, key, role);
}

/** Key of the HMAC by which GitHub signs each call of the webhook. */
export function webhookSecretText(repository: ProjectRepository): SecretText {
  return secretText(secretOf(repositoryResource(repository, "webhook-secret")));
}

/** The private half of the read key, as ssh takes it. */
export function readKeyText(repository: ProjectRepository): SecretText {
  return secretText(secretOf(repositoryResource(repository, "private-key"), "openssh"));
}
