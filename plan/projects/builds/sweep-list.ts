import { imageRepositoryPath } from "../../../model/names";
import type { Project } from "../../../model/project";
import { repositoryName, webhookPath } from "../../../model/repository-names";
import { byName } from "../../../model/sorted";
import type { ProjectCluster } from "../project-cluster";

/** Key of the list in the ConfigMap, and name of its file. */
export const sweepListKey = "applications";

/** What a sweep has to know of one application. */
export interface SweptApplication {
  readonly application: string;
  /** Key of its repository in the Secrets with read keys and webhook secrets. */
  readonly key: string;
  /** Address by which git reads the repository. */
  readonly address: string;
  /** As GitHub says it, such as `myorg/my-api`. */
  readonly repository: string;
  /** Path of its webhook. */
  readonly endpoint: string;
  /** Repository of its image below the registry's host. */
  readonly image: string;
  readonly branch: string;
  /** What must change for a push to be built; none: anything. */
  readonly paths: readonly string[];
}

/** The applications whose commit CI decides. One that is pinned runs an image that was built before. */
export function sweptApplications(project: Project, { gitHub }: ProjectCluster): readonly SweptApplication[] {
  return byName(project.applications)
    .filter(({ git }) => git.hash === null)
    .map(({ name, git, build }) => ({
      application: name,
      key: repositoryName(git.owner, git.repo),
      address: `ssh://git@${gitHub.host}/${git.owner}/${git.repo}.git`,
      repository: `${git.owner}/${git.repo}`,
      endpoint: webhookPath(project.name, git.owner, git.repo),
      image: imageRepositoryPath(project.name, name),
      branch: git.branch,
      paths: build.paths,
    }));
}

/** One line each, between tabs, for programs that read no YAML. No field can hold a tab or a space, and no path either. */
export function sweepList(applications: readonly SweptApplication[]): string {
  return applications
    .map(({ application, key, address, repository, endpoint, image, branch, paths }) =>
      [application, key, address, repository, endpoint, image, branch, paths.join(" ")].join("\t"),
    )
    .map((line) => `${line}\n`)
    .join("");
}
