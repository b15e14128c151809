import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";
import type {
  PlannedGitHub,
  PlannedGitHubDeployKey,
  PlannedGitHubFile,
  PlannedGitHubRepository,
  PlannedGitHubRuleset,
  PlannedGitHubWebhook,
} from "../plan/planned-github";
import { type SecretLookup, secretValue } from "./secret-values";

/** Something on GitHub. The provider in the options is that of its owner. */
export function registerGitHub(
  resource: PlannedGitHub,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  switch (resource.kind) {
    case "github-repository":
      return registerRepository(resource, opts);
    case "github-webhook":
      return registerWebhook(resource, lookup, opts);
    case "github-deploy-key":
      return registerDeployKey(resource, lookup, opts);
    case "github-ruleset":
      return registerRuleset(resource, opts);
    case "github-file":
      return registerFile(resource, opts);
  }
}

/**
 * What people set on GitHub and no file here speaks of. The provider would take its own default for each that is left
 * out. Those that it then leaves alone by itself, such as topics, are not in the list: ignoring a field gives the provider
 * what was read of it, and some of them are deprecated as inputs.
 */
const ownersFields = [
  ...(["allowAutoMerge", "allowMergeCommit", "allowRebaseMerge", "allowSquashMerge", "allowUpdateBranch"] as const),
  ...(["archived", "deleteBranchOnMerge", "description", "homepageUrl", "isTemplate"] as const),
  ...(["hasDiscussions", "hasDownloads", "hasIssues", "hasProjects", "hasWiki"] as const),
  ...(["mergeCommitMessage", "mergeCommitTitle", "squashMergeCommitMessage", "squashMergeCommitTitle"] as const),
] satisfies readonly (keyof github.RepositoryArgs)[];

/** What GitHub reads only while it makes a repository; issues are on from the start, as in one made by hand. */
const madeOnce = ["autoInit", "template", "hasIssues"] satisfies readonly (keyof github.RepositoryArgs)[];

function registerRepository(resource: PlannedGitHubRepository, opts: pulumi.CustomResourceOptions): github.Repository {
  const { name, repository, adopt, settings } = resource;
  const { visibility, description } = settings;
  const args: github.RepositoryArgs = {
    name: repository,
    // Deleting a repository deletes its issues and releases with it; an archived one can come back.
    archiveOnDestroy: true,
    ...(visibility === undefined ? {} : { visibility }),
    ...(description === undefined ? {} : { description }),
    ...(adopt ? {} : startOf(settings)),
  };
  const unspoken = ownersFields.filter((field) => !(field in args));
  const ignoreChanges = [...new Set([...madeOnce, ...unspoken])];
  return new github.Repository(name, args, { ...opts, ignoreChanges, ...(adopt ? { import: repository } : {}) });
}

function startOf({ template, firstCommit }: PlannedGitHubRepository["settings"]): Partial<github.RepositoryArgs> {
  const [owner = "", repository = ""] = template?.split("/") ?? [];
  return {
    hasIssues: true,
    ...(template === undefined ? {} : { template: { owner, repository } }),
    ...(firstCommit === undefined ? {} : { autoInit: firstCommit }),
  };
}

function registerWebhook(
  { name, repository, url, secret }: PlannedGitHubWebhook,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryWebhook {
  const configuration = { url, contentType: "json", insecureSsl: false, secret: secretValue(secret, lookup) };
  return new github.RepositoryWebhook(name, { repository, events: ["push"], active: true, configuration }, opts);
}

function registerDeployKey(
  { name, repository, title, key, readOnly }: PlannedGitHubDeployKey,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryDeployKey {
  return new github.RepositoryDeployKey(name, { repository, title, readOnly, key: secretValue(key, lookup) }, opts);
}

function registerRuleset(
  { name, repository, ruleset, branch }: PlannedGitHubRuleset,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryRuleset {
  const args: github.RepositoryRulesetArgs = {
    name: ruleset,
    repository,
    target: "branch",
    enforcement: "active",
    conditions: { refName: { includes: [`refs/heads/${branch}`], excludes: [] } },
    rules: { deletion: true, nonFastForward: true },
  };
  return new github.RepositoryRuleset(name, args, opts);
}

function registerFile(
  { name, repository, branch, path, content, message }: PlannedGitHubFile,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryFile {
  const args = { repository, branch, file: path, content, commitMessage: message, overwriteOnCreate: true };
  return new github.RepositoryFile(name, args, opts);
}
