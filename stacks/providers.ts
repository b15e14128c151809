import * as github from "@pulumi/github";
import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import * as vault from "@pulumi/vault";
import type { GitHubProviders } from "../components/planned-component";
import type { GitHubCredential } from "../inputs/github-credentials";
import { ownerName } from "../model/repository-names";
import { operatorTokenTtl } from "../plan/vault/operator-access";

export interface KubernetesProviderArgs {
  /** Name of the platform stack: what makes the cluster this one. Without it a changed kubeconfig would replace every object. */
  readonly cluster: string;
  /** Context of the kubeconfig, whichever is the active one. */
  readonly context: string;
}

/**
 * The provider that talks to one cluster. It changes a Secret in place: by default it would delete and make it again, and
 * one that stays when it leaves the plan would still be there.
 */
export function kubernetesProvider({ cluster, context }: KubernetesProviderArgs): k8s.Provider {
  const inPlace = { enableSecretMutable: true, enableConfigMapMutable: true };
  return new k8s.Provider("kubernetes", { context, clusterIdentifier: cluster, ...inPlace });
}

export function randomProvider(): random.Provider {
  return new random.Provider("random");
}

export function tlsProvider(): tls.Provider {
  return new tls.Provider("tls");
}

/**
 * The provider takes its token from `VAULT_TOKEN` by itself, so that none is kept in config or state. It goes on with one
 * of its own that ends with that one; by default it would end after 20 minutes, in the middle of a long `pulumi up`.
 */
export function vaultProvider(address: string): vault.Provider {
  return new vault.Provider("vault", { address, maxLeaseTtlSeconds: operatorTokenTtl });
}

export interface GitHubProviderArgs {
  readonly owner: string;
  /** Address of a GitHub Enterprise server; empty: github.com. */
  readonly baseUrl: string;
  readonly credential: GitHubCredential;
}

/** GitHub's own address: left out, a variable of the environment would decide. */
const publicApi = "https://api.github.com/";

/** The provider that acts for one owner on GitHub. */
export function gitHubProvider({ owner, baseUrl, credential }: GitHubProviderArgs): github.Provider {
  const name = ownerName(owner);
  const base = { owner: name, baseUrl: baseUrl === "" ? publicApi : baseUrl };
  return new github.Provider(`github-${name}`, { ...base, ...authentication(credential) });
}

/** The provider of each owner, by the keys of the credentials. */
export function gitHubProviders(credentials: ReadonlyMap<string, GitHubCredential>, baseUrl: string): GitHubProviders {
  const all = [...credentials].map(([owner, credential]): [string, github.Provider] => [
    owner,
    gitHubProvider({ owner, baseUrl, credential }),
  ]);
  return new Map(all);
}

/** Beside an App the token is said to be empty: left out, it would be the one of the environment, another in each run. */
function authentication(credential: GitHubCredential): github.ProviderArgs {
  if (credential.kind === "token") return { token: pulumi.secret(credential.token) };
  const { id, installationId, key } = credential;
  const appAuth = { id: String(id), installationId: String(installationId), pemFile: pulumi.secret(key) };
  return { appAuth, token: pulumi.secret("") };
}
