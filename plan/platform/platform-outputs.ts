import { platformHosts } from "../../model/platform-hosts";
import type { PlatformOutputs } from "../../model/platform-outputs";
import type { PlatformSettings } from "../../model/platform-settings";

/** What the platform stack tells the other stacks of its cluster. */
export function planPlatformOutputs(settings: PlatformSettings): PlatformOutputs {
  const hosts = platformHosts(settings);
  return {
    version: 1,
    domain: settings.domain,
    kubernetes: { context: settings.kubernetes.context },
    node: settings.node,
    storageClass: settings.storageClass,
    imageRegistry: settings.imageRegistry,
    hosts,
    webhookHost: settings.webhookHost,
    vault: { address: `https://${hosts.vault}`, distribution: settings.vault.distribution },
  };
}
