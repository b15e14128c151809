import { hostLabels } from "./platform-names";
import type { PlatformOutputs } from "./platform-outputs";
import type { PlatformSettings } from "./platform-settings";

/** Host of each user interface: the configured one, or the usual name below the cluster's domain. */
export function platformHosts({ domain, hosts }: PlatformSettings): PlatformOutputs["hosts"] {
  return {
    argoCd: hosts.argoCd ?? `${hostLabels.argoCd}.${domain}`,
    harbor: hosts.harbor ?? `${hostLabels.harbor}.${domain}`,
    argoWorkflows: hosts.argoWorkflows ?? `${hostLabels.argoWorkflows}.${domain}`,
    vault: hosts.vault ?? `${hostLabels.vault}.${domain}`,
  };
}
