import type { PlatformOutputs } from "../../model/platform-outputs";
import type { StackPlan } from "../stack-plan";
import { planVaultContent, type VaultContentArgs } from "./vault-content";

/** What the platform decides about what is inside Vault. */
export function vaultContentArgs({ vault, imageRegistry }: PlatformOutputs): VaultContentArgs {
  const { distribution, mount, backup } = vault;
  return { distribution, mount, backup, imageRegistry };
}

/** Everything that a vault stack makes. */
export function planVaultStack(stack: string, platform: PlatformOutputs): StackPlan {
  const components = [planVaultContent(vaultContentArgs(platform))];
  return { stack, role: "vault", components, projects: [], warnings: [] };
}
