import { setCommand } from "../model/config-commands";
import type { PlatformOutputs } from "../model/platform-outputs";
import type { ProjectsSettings } from "../model/projects-settings";
import { repositoryName } from "../model/repository-names";
import type { ReservedHosts } from "./project-checks";
import type { ProjectOptions } from "./project-files";
import type { MissingReleaseModes } from "./project-releases";
import type { MissingSecretSyncs } from "./project-secret-sync";
import type { ReservedRepositories } from "./project-repositories";

/**
 * What project files are held against. The offline plan and the stack both ask here; without the platform's outputs, which
 * a broken platform stack does not have, the files are checked against the rest.
 */
export function projectOptions(settings: ProjectsSettings, platform?: PlatformOutputs): ProjectOptions {
  const ofSettings = { reservedRepositories: reservedRepositories(settings) };
  if (!platform) return ofSettings;
  const { node } = platform;
  const missingReleaseModes = missingModes(settings.platform, platform);
  const missingSecretSyncs = missingSyncs(settings.platform, platform);
  return { ...ofSettings, reservedHosts: reservedHosts(platform), missingReleaseModes, missingSecretSyncs, node };
}

/** `stack` is the name of the platform stack. */
function missingModes(stack: string, { imageUpdater }: PlatformOutputs): MissingReleaseModes {
  if (imageUpdater) return new Map();
  const command = setCommand({ stack, key: "idp:argoCd.imageUpdater", value: "true" });
  const remedy = `install it with ${command} and \`pulumi up --stack ${stack}\`, or choose another mode`;
  return new Map([["image-updater", { problem: "the cluster has no Argo CD Image Updater", remedy }]]);
}

function missingSyncs(stack: string, { vaultPlugin }: PlatformOutputs): MissingSecretSyncs {
  if (vaultPlugin) return new Map();
  const command = setCommand({ stack, key: "idp:argoCd.vaultPlugin", value: "true" });
  const remedy = `install it with ${command} and \`pulumi up --stack ${stack}\`, or remove the line`;
  return new Map([["vault-plugin", { problem: "the cluster has no argocd-vault-plugin", remedy }]]);
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
