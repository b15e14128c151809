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
    entryPoints: settings.entryPoints.public,
    tls: { issuer: settings.tls.mode !== "traefik", httpChallenge: answersHttpChallenges(settings) },
    labAuthority: settings.tls.mode === "lab-ca",
    imageUpdater: settings.argoCd.imageUpdater,
    vaultPlugin: settings.argoCd.vaultPlugin,
    buildPlaces: settings.argoWorkflows.parallelism,
    vault: {
      address: `https://${hosts.vault}`,
      mount: settings.vault.mount,
      distribution: settings.vault.distribution,
      unseal: settings.vault.unseal.mode,
      backup: settings.vault.backup.schedule !== "",
    },
  };
}

function answersHttpChallenges({ tls }: PlatformSettings): boolean {
  return tls.mode === "acme" && tls.challenge.type === "http01";
}
