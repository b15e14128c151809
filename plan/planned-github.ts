import type { Json } from "../model/json";
import type { SecretText } from "../model/secret-text";
import type { PlannedBase } from "./planned-base";

/** A repository on GitHub; its owner decides which provider reaches it. */
export interface GitHubRepositoryName {
  readonly owner: string;
  readonly repository: string;
}

/** A repository that is made, or that exists and is taken over by its first `pulumi up`. */
export interface PlannedGitHubRepository extends PlannedBase, GitHubRepositoryName {
  readonly kind: "github-repository";
  readonly adopt: boolean;
  /** What is said about it; of an adopted repository everything else stays as it is. */
  readonly settings: {
    readonly visibility?: "private" | "internal" | "public";
    readonly description?: string;
    /** Such as `myorg/template`. */
    readonly template?: string;
    /** GitHub makes a first commit, so that there is a branch to write to. */
    readonly firstCommit?: boolean;
  };
}

/** GitHub calls the address for every push, and signs the call. */
export interface PlannedGitHubWebhook extends PlannedBase, GitHubRepositoryName {
  readonly kind: "github-webhook";
  readonly url: string;
  /** Key of the HMAC signature. */
  readonly secret: SecretText;
}

/** An ssh key for one repository alone. */
export interface PlannedGitHubDeployKey extends PlannedBase, GitHubRepositoryName {
  readonly kind: "github-deploy-key";
  readonly title: string;
  /** The public key in OpenSSH's form. */
  readonly key: SecretText;
  readonly readOnly: boolean;
}

/**
 * The name of the branch that a repository starts with: GitHub gives every new one the name that its account or its
 * template has. It is seen to once, when the repository is made.
 */
export interface PlannedGitHubDefaultBranch extends PlannedBase, GitHubRepositoryName {
  readonly kind: "github-default-branch";
  readonly branch: string;
}

/** A branch that nobody can delete or rewrite. */
export interface PlannedGitHubRuleset extends PlannedBase, GitHubRepositoryName {
  readonly kind: "github-ruleset";
  readonly ruleset: string;
  readonly branch: string;
}

/** A file of a repository that only this program writes. */
export interface PlannedGitHubFile extends PlannedBase, GitHubRepositoryName {
  readonly kind: "github-file";
  readonly branch: string;
  readonly path: string;
  readonly content: string;
  /** What Git says about a change of it. */
  readonly message: string;
}

export type PlannedGitHub =
  | PlannedGitHubRepository
  | PlannedGitHubDefaultBranch
  | PlannedGitHubWebhook
  | PlannedGitHubDeployKey
  | PlannedGitHubRuleset
  | PlannedGitHubFile;

/** Whether a resource is one of GitHub's. */
export function isGitHub<T extends { readonly kind: string }>(resource: T): resource is Extract<T, PlannedGitHub> {
  return resource.kind.startsWith("github-");
}

/** What a person may see of it, in a fixed order. */
export function gitHubFacts(resource: PlannedGitHub): Readonly<Record<string, Json>> {
  const { owner, repository } = resource;
  switch (resource.kind) {
    case "github-repository":
      return { owner, repository, adopt: resource.adopt, settings: { ...resource.settings } };
    case "github-default-branch":
      return { owner, repository, branch: resource.branch };
    case "github-webhook":
      return { owner, repository, url: resource.url, secret: resource.secret };
    case "github-deploy-key":
      return { owner, repository, title: resource.title, key: resource.key, readOnly: resource.readOnly };
    case "github-ruleset":
      return { owner, repository, ruleset: resource.ruleset, branch: resource.branch };
    case "github-file": {
      const { branch, path, content, message } = resource;
      return { owner, repository, branch, path, content, message };
    }
  }
}
