import { publicGitHub, publicGitHubKeys } from "../../model/github-host-keys";
import type { PlatformOutputs } from "../../model/platform-outputs";
import type { ProjectsSettings } from "../../model/projects-settings";

/** The facts of a cluster that its projects need. */
export interface ProjectCluster extends Pick<
  PlatformOutputs,
  "node" | "storageClass" | "imageRegistry" | "webhookHost" | "entryPoints" | "tls" | "labAuthority" | "buildPlaces"
> {
  /** Harbor's host, which starts every image of an application. */
  readonly registryHost: string;
  /** Host of the user interface of Argo Workflows, where a person looks at a build. */
  readonly workflowsHost: string;
  /** Path of the kv-v2 secrets engine. */
  readonly vaultMount: string;
  readonly gitHub: GitHubHost;
  readonly gitOps: GitOpsRepository;
  /** Minutes between two looks for commits that were never built; 0: nobody looks. */
  readonly sweepMinutes: number;
}

/** Where the repositories of projects are. */
export interface GitHubHost {
  /** Such as `github.com`. */
  readonly host: string;
  /** Address of its API without a slash at the end, such as `https://api.github.com`. */
  readonly api: string;
  /** Keys by which it proves itself to ssh, as lines of `known_hosts`; empty: nobody has said which. */
  readonly knownHosts: string;
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
  const { node, storageClass, imageRegistry, webhookHost, entryPoints, tls, labAuthority, hosts, vault } = platform;
  return {
    ...{ node, storageClass, imageRegistry, webhookHost, entryPoints, tls, labAuthority },
    buildPlaces: platform.buildPlaces,
    registryHost: hosts.harbor,
    workflowsHost: hosts.argoWorkflows,
    vaultMount: vault.mount,
    gitHub: gitHubHost(settings.github),
    gitOps: gitOpsRepository(settings),
    sweepMinutes: settings.builds.sweepMinutes,
  };
}

function gitHubHost({ baseUrl, knownHosts }: ProjectsSettings["github"]): GitHubHost {
  const host = gitHostOf(baseUrl);
  return { host, api: apiOf(baseUrl), knownHosts: host === publicGitHub ? publicGitHubKeys : knownHosts };
}

function gitOpsRepository({ gitOps, github }: ProjectsSettings): GitOpsRepository {
  const { owner, repository, branch } = gitOps;
  return { owner, repository, branch, address: `git@${gitHostOf(github.baseUrl)}:${owner}/${repository}.git` };
}

/**
 * An Enterprise server answers below a path of its host, GitHub Enterprise Cloud at a host of its own. Source:
 * docs.github.com, "Getting started with the REST API".
 */
function apiOf(baseUrl: string): string {
  if (baseUrl === "") return "https://api.github.com";
  const { hostname, origin } = new URL(baseUrl);
  return hostname.startsWith("api.") ? origin : `${origin}/api/v3`;
}

/**
 * github.com and GitHub Enterprise Cloud with data residency have an address of their own for the API, such as
 * `https://api.octocorp.ghe.com/` of `octocorp.ghe.com`. Source: docs.github.com, "Network details for GHE.com".
 */
function gitHostOf(baseUrl: string): string {
  return baseUrl === "" ? publicGitHub : new URL(baseUrl).hostname.replace(/^api\./, "");
}
