import { vaultAuditFile } from "../../model/platform-names";
import type { PlatformOutputs } from "../../model/platform-outputs";
import type { VaultSettings } from "../../model/vault-settings";
import { componentPlan } from "../component-plan";
import type { ComponentPlan, PlannedVaultAudit } from "../planned-resource";
import type { StackPlan } from "../stack-plan";

export interface VaultContentArgs {
  /** OpenBao has its audit device in the server's configuration and takes none by the API (CVE-2025-54997). */
  readonly distribution: PlatformOutputs["vault"]["distribution"];
  /** Path of the kv-v2 secrets engine. */
  readonly mount: string;
}

/** What is inside Vault. The audit device comes first, so that nothing is ever written without a trace. */
export function planVaultContent({ distribution, mount }: VaultContentArgs): ComponentPlan {
  const audit: readonly PlannedVaultAudit[] =
    distribution === "vault" ? [{ kind: "vault-audit", name: "vault-audit", filePath: vaultAuditFile }] : [];
  return componentPlan({
    type: "idp:vault:VaultContent",
    name: "vault-content",
    resources: [
      ...audit,
      {
        kind: "vault-mount",
        name: "vault-secrets",
        path: mount,
        description: "secrets of all projects",
        dependsOn: audit.map(({ name }) => name),
        protect: true,
      },
    ],
  });
}

/** Everything that a vault stack makes. */
export function planVaultStack(stack: string, settings: VaultSettings, { vault }: PlatformOutputs): StackPlan {
  const components = [planVaultContent({ distribution: vault.distribution, mount: settings.vaultMount })];
  return { stack, role: "vault", components, projects: [], warnings: [] };
}
