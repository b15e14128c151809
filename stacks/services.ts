import * as pulumi from "@pulumi/pulumi";
import { readVaultEnvironment } from "../inputs/engine-config";
import type { GitHubCredential } from "../inputs/github-credentials";
import { type GitHubAccess, gitHubProblem } from "../inputs/github-status";
import { vaultProblem } from "../inputs/vault-status";
import type { PlatformOutputs } from "../model/platform-outputs";
import type { VaultSettings } from "../model/vault-settings";

/**
 * Why a service would refuse every resource, in one sentence; undefined when it would not. A provider says so once for each
 * resource, or not at all, so the program asks before it makes any.
 */
export interface Services {
  readonly vault: (address: string) => Promise<string | undefined>;
  readonly gitHub: (access: GitHubAccess) => Promise<string | undefined>;
}

/** The services themselves, each with five seconds to answer. */
export const liveServices: Services = {
  vault: (address) => vaultProblem(address, readVaultEnvironment()),
  gitHub: (access) => gitHubProblem(access),
};

/** Where Vault answers: at the host that the platform gave it, unless a stack is told otherwise. */
export function vaultAddress(settings: Pick<VaultSettings, "vaultAddress">, { vault }: PlatformOutputs): string {
  return settings.vaultAddress === "" ? vault.address : settings.vaultAddress;
}

/** Vault's provider asks nothing for a preview, which may run where Vault cannot be reached: there it is told and no more. */
export async function requireVault(services: Services, address: string): Promise<void> {
  const problem = await services.vault(address);
  if (problem === undefined) return;
  if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(`${problem}; nothing was changed (${address})`);
  await pulumi.log.warn(`${problem}; until then \`pulumi up\` will stop before it changes anything (${address})`);
}

/** GitHub's provider asks for a preview too. All owners are told of at once. */
export async function requireGitHub(
  services: Services,
  credentials: ReadonlyMap<string, GitHubCredential>,
  baseUrl: string,
): Promise<void> {
  const asked = [...credentials].map(([owner, credential]) => services.gitHub({ owner, credential, baseUrl }));
  const problems = new Set((await Promise.all(asked)).filter((answer) => answer !== undefined));
  if (problems.size > 0) throw new pulumi.RunError(`${[...problems].join("\n")}\nnothing was changed`);
}
