import { type PlannedGitHub, isGitHub } from "../../plan/planned-github";
import type { PlannedResource } from "../../plan/planned-resource";

/** An application in a file, built from a repository of `myorg`. */
export function applicationOf(name: string, repo: string, more: { branch?: string; repository?: object } = {}) {
  const { branch = "main", repository = {} } = more;
  return { name, git: { type: "github", owner: "myorg", repo, branch, hash: null }, port: 8080, repository };
}

/** What a plan makes of a kind on GitHub. */
export function gitHubOf<K extends PlannedGitHub["kind"]>(resources: readonly PlannedResource[], kind: K) {
  return resources.filter(
    (resource): resource is Extract<PlannedGitHub, { kind: K }> => isGitHub(resource) && resource.kind === kind,
  );
}
