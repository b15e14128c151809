import type { PlatformOutputs } from "../../model/platform-outputs";
import type { ProjectsSettings } from "../../model/projects-settings";
import { repositoryName } from "../../model/repository-names";

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
  const host = github.baseUrl === "" ? "github.com" : new URL(github.baseUrl).hostname;
  return { owner, repository, branch, address: `git@${host}:${owner}/${repository}.git` };
}

/** Hosts that no project may claim, and who has them. */
export function reservedHosts({ hosts, webhookHost }: PlatformOutputs): ReadonlyMap<string, string> {
  const webhook: readonly (readonly [string, string])[] = webhookHost === "" ? [] : [[webhookHost, "the webhooks"]];
  return new Map([
    [hosts.argoCd, "Argo CD"],
    [hosts.harbor, "Harbor"],
    [hosts.argoWorkflows, "Argo Workflows"],
    [hosts.vault, "Vault"],
    ...webhook,
  ]);
}

/** Repositories that no project may have, by `repositoryName`, and whose they are. */
export function reservedRepositories({ gitOps }: ProjectsSettings): ReadonlyMap<string, string> {
  return new Map([[repositoryName(gitOps.owner, gitOps.repository), "the GitOps repository"]]);
}
