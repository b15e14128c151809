import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";
import type {
  PlannedGitHub,
  PlannedGitHubDefaultBranch,
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
    case "github-default-branch":
      return registerDefaultBranch(resource, opts);
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
 * what was read of it, and some of them are deprecated as inputs. So is `hasDownloads`, of which the provider warns at
 * every run; without it here every run would take it away again, since it is read always and GitHub no longer writes it.
 */
const ownersFields = [
  ...(["allowAutoMerge", "allowMergeCommit", "allowRebaseMerge", "allowSquashMerge", "allowUpdateBranch"] as const),
  ...(["archived", "deleteBranchOnMerge", "description", "homepageUrl", "isTemplate"] as const),
  ...(["hasDiscussions", "hasDownloads", "hasIssues", "hasProjects", "hasWiki"] as const),
  ...(["mergeCommitMessage", "mergeCommitTitle", "squashMergeCommitMessage", "squashMergeCommitTitle"] as const),
] satisfies readonly (keyof github.RepositoryArgs)[];

/**
 * GitHub has an address of a webhook, and a key, only once. The provider replaces both where the repository's name is
 * written in other letters.
 */
const oneAtATime = { deleteBeforeReplace: true } as const;

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

/**
 * Renames the branch that GitHub made, with what is on it. Once only: later, `branch` may be any branch that is built, and
 * another name for the default one is for people to choose. Nothing is renamed where the name is right already.
 * Source: resource_github_branch_default.go in integrations/terraform-provider-github
 */
function registerDefaultBranch(
  { name, repository, branch }: PlannedGitHubDefaultBranch,
  opts: pulumi.CustomResourceOptions,
): github.BranchDefault {
  const args = { repository, branch, rename: true, waitForRename: true };
  return new github.BranchDefault(name, args, { ...opts, ignoreChanges: ["branch", "repository"] });
}

function registerWebhook(
  { name, repository, url, secret }: PlannedGitHubWebhook,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryWebhook {
  const configuration = { url, contentType: "json", insecureSsl: false, secret: secretValue(secret, lookup) };
  const args: github.RepositoryWebhookArgs = { repository, events: ["push"], active: true, configuration };
  return new github.RepositoryWebhook(name, args, { ...opts, ...oneAtATime });
}

function registerDeployKey(
  { name, repository, title, key, readOnly }: PlannedGitHubDeployKey,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryDeployKey {
  const args = { repository, title, readOnly, key: secretValue(key, lookup) };
  return new github.RepositoryDeployKey(name, args, { ...opts, ...oneAtATime });
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
