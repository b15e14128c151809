import { labelLength, shortened, within } from "./name-limits";

/** Source: the schema of the ruleset's name in GitHub's provider. */
const rulesetLength = 100;

/** The namespace of what writes into the GitOps repository: no project's pods can read the key for it. */
export const releaseNamespace = "releases";

/** The component of the GitOps repository, in the same stack as the projects. */
export const gitOpsComponentName = "gitops";

/**
 * A repository in names that may hold dots: GitHub takes `MyOrg/My-Api` and `myorg/my-api` for one, and no owner has a dot,
 * so two repositories never give the same.
 */
export function repositoryName(owner: string, repository: string): string {
  return `${owner}.${repository}`.toLowerCase();
}

/** Owner of a repository, as GitHub compares it; there is one provider for each. */
export function ownerName(owner: string): string {
  return owner.toLowerCase();
}

/** Ruleset for a branch of a repository, as GitHub shows it; other projects may have one for the same branch. */
export function rulesetName(project: string, branch: string): string {
  return shortened(rulesetLength, `${project}: ${branch}`);
}

/** Secret in the namespace of releases with the key that writes into the GitOps repository, under `sshPrivateKey`. */
export const gitOpsWriteKeySecretName = "gitops-write-key";

/** Secret in Argo CD's namespace with the key by which Argo CD Image Updater writes into the GitOps repository. */
export const gitOpsUpdaterKeySecretName = "gitops-image-updater-key";

/** Secret in Argo CD's namespace by which it reads the GitOps repository. */
export const gitOpsReadSecretName = "gitops-repository";

/** Start of the path of every webhook. */
export const webhookRoot = "/push/";

/** Path of the webhook that GitHub calls for a repository of a project. */
export function webhookPath(project: string, owner: string, repository: string): string {
  return `${webhookRoot}${project}/${owner.toLowerCase()}/${repository.toLowerCase()}`;
}

/** Secret in the namespace of Argo Events with the HMAC key of each of a project's repositories. */
export function webhookSecretName(project: string): string {
  return within(labelLength, `${project}-webhooks`);
}

/** Secret in the build namespace with the same HMAC keys: what builds and sweeps send to the event source is signed too. */
export const webhookKeysSecretName = "webhook-secrets";

/** Secret in the build namespace with the read key of each of the project's repositories. */
export const repositoryKeysSecretName = "repository-keys";
