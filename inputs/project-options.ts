import type { PlatformOutputs } from "../model/platform-outputs";
import type { ProjectsSettings } from "../model/projects-settings";
import { repositoryName } from "../model/repository-names";
import type { ReservedHosts } from "./project-checks";
import type { ProjectOptions } from "./project-files";
import type { ReservedRepositories } from "./project-repositories";

/**
 * What project files are held against. The offline plan and the stack both ask here; without the platform's outputs, which
 * a broken platform stack does not have, the files are checked against the rest.
 */
export function projectOptions(settings: ProjectsSettings, platform?: PlatformOutputs): ProjectOptions {
  const ofSettings = { reservedRepositories: reservedRepositories(settings) };
  return platform ? { ...ofSettings, reservedHosts: reservedHosts(platform), node: platform.node } : ofSettings;
}

function reservedHosts({ hosts, webhookHost }: PlatformOutputs): ReservedHosts {
  const webhook: readonly (readonly [string, string])[] = webhookHost === "" ? [] : [[webhookHost, "the webhooks"]];
  return new Map([
    [hosts.argoCd, "Argo CD"],
    [hosts.harbor, "Harbor"],
    [hosts.argoWorkflows, "Argo Workflows"],
    [hosts.vault, "Vault"],
    ...webhook,
  ]);
}

function reservedRepositories({ gitOps }: ProjectsSettings): ReservedRepositories {
  return new Map([[repositoryName(gitOps.owner, gitOps.repository), "the GitOps repository"]]);
}
