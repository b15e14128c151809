import { platformHosts } from "../../model/platform-hosts";
import type { PlatformSecretKey, PlatformSettings } from "../../model/platform-settings";
import type { ArgoCdArgs } from "./argo-cd";
import type { ArgoEventsArgs } from "./argo-events";
import type { ArgoWorkflowsArgs } from "./argo-workflows";
import type { CertManagerArgs } from "./cert-manager";
import type { ExternalSecretsArgs } from "./external-secrets";
import type { HarborArgs } from "./harbor";
import type { VaultArgs } from "./vault";

/** The arguments of every component of the platform. */
export interface PlatformArgs {
  /** Absent when Traefik serves its own default certificate. */
  readonly certManager?: CertManagerArgs;
  readonly argoCd: ArgoCdArgs;
  readonly argoEvents: ArgoEventsArgs;
  readonly argoWorkflows: ArgoWorkflowsArgs;
  readonly externalSecrets: ExternalSecretsArgs;
  readonly harbor: HarborArgs;
  readonly vault: VaultArgs;
}

/** Settings of a cluster, handed to the components that they concern. The offline plan and the stack both start here. */
export function platformArgs(settings: PlatformSettings, secrets: ReadonlySet<string>): PlatformArgs {
  const facts = settings;
  const hosts = platformHosts(settings);
  const { vaultPlugin } = settings.argoCd;
  const has = (key: PlatformSecretKey) => secrets.has(key);
  return {
    ...(settings.tls.mode === "traefik" ? {} : { certManager: { facts, hasAcmeDnsToken: has("acmeDnsToken") } }),
    argoCd: {
      facts,
      host: hosts.argoCd,
      webhookHost: settings.webhookHost,
      infrastructure: settings.argoCd.infrastructure,
      imageUpdater: settings.argoCd.imageUpdater,
      vaultPlugin,
      hasInfrastructureToken: has("infrastructureToken"),
    },
    argoEvents: { facts, ...settings.argoEvents },
    argoWorkflows: { facts, host: hosts.argoWorkflows, ...settings.argoWorkflows },
    externalSecrets: { facts },
    harbor: { facts, host: hosts.harbor, ...settings.harbor },
    vault: { facts, host: hosts.vault, ...settings.vault, s3: settings.backups.s3, vaultPlugin },
  };
}
