import type { PlatformOutputs } from "../../model/platform-outputs";
import type { ProjectCluster } from "./project";

/** The facts of a cluster that its projects need. */
export function projectCluster({ hosts, storageClass, imageRegistry }: PlatformOutputs): ProjectCluster {
  return { registryHost: hosts.harbor, storageClass, imageRegistry };
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
