import type { PlatformOutputs } from "../../model/platform-outputs";
import type { ProjectsSettings } from "../../model/projects-settings";

/** The facts of a cluster that its projects need. */
export interface ProjectCluster extends Pick<
  PlatformOutputs,
  "node" | "storageClass" | "imageRegistry" | "webhookHost" | "entryPoints" | "tls"
> {
  /** Harbor's host, which starts every image of an application. */
  readonly registryHost: string;
  /** Path of the kv-v2 secrets engine. */
  readonly vaultMount: string;
  readonly gitOps: GitOpsRepository;
}

/** The repository that Argo CD follows. */
export interface GitOpsRepository {
  readonly owner: string;
  readonly repository: string;
  readonly branch: string;
  /** Address by ssh, such as `git@github.com:myorg/projects-gitops.git`. */
  readonly address: string;
}

/** Host of every repository, such as `github.com`: that of the GitOps repository. */
export function gitHost({ address }: Pick<GitOpsRepository, "address">): string {
  return /@(.+):/.exec(address)?.[1] ?? "";
}

export function projectCluster(platform: PlatformOutputs, settings: ProjectsSettings): ProjectCluster {
  const { node, storageClass, imageRegistry, webhookHost, entryPoints, tls, hosts, vault } = platform;
  return {
    ...{ node, storageClass, imageRegistry, webhookHost, entryPoints, tls },
    registryHost: hosts.harbor,
    vaultMount: vault.mount,
    gitOps: gitOpsRepository(settings),
  };
}

function gitOpsRepository({ gitOps, github }: ProjectsSettings): GitOpsRepository {
  const { owner, repository, branch } = gitOps;
  return { owner, repository, branch, address: `git@${gitHostOf(github.baseUrl)}:${owner}/${repository}.git` };
}

/**
 * github.com and GitHub Enterprise Cloud with data residency have an address of their own for the API, such as
 * `https://api.octocorp.ghe.com/` of `octocorp.ghe.com`. Source: docs.github.com, "Network details for GHE.com".
 */
function gitHostOf(baseUrl: string): string {
  return baseUrl === "" ? "github.com" : new URL(baseUrl).hostname.replace(/^api\./, "");
}
