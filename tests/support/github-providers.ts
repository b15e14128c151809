import type { GitHubProviders } from "../../components/planned-component";
import type { GitHubCredential, GitHubSecrets } from "../../inputs/github-credentials";
import { ownerName } from "../../model/repository-names";
import * as providers from "../../stacks/providers";

const token = "github_pat_canary-token";
const credential: GitHubCredential = { kind: "token", token };

/** One provider for each owner; only inside a program that runs under mocks. */
export function gitHubProviders(...owners: readonly string[]): GitHubProviders {
  const names = owners.length === 0 ? ["myorg"] : owners;
  return providers.gitHubProviders(new Map(names.map((owner) => [ownerName(owner), credential])), "");
}

/** What the engine holds for GitHub: a token for each owner. */
export function gitHubSecrets(...owners: readonly string[]): GitHubSecrets {
  const names = owners.length === 0 ? ["myorg"] : owners;
  const githubTokens = Object.fromEntries(names.map((owner) => [owner, token]));
  return { githubTokens, githubAppKeys: {}, variables: [] };
}
