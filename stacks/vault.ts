import type * as pulumi from "@pulumi/pulumi";
import { explainedErrors } from "../components/explained-errors";
import { VaultContent } from "../components/vault-content";
import type { VaultStack } from "../inputs/settings";
import { readPlatformOutputs } from "./platform-reference";
import { vaultProvider } from "./providers";
import { requireVault, type Services, vaultAddress } from "./services";

/** Makes what is inside an unsealed Vault. */
export async function vaultStack({ settings }: VaultStack, services: Services): Promise<pulumi.Inputs> {
  const platform = await readPlatformOutputs(settings.platform);
  const address = vaultAddress(settings, platform);
  await requireVault(services, address);
  new VaultContent(
    { distribution: platform.vault.distribution, mount: platform.vault.mount },
    { providers: [vaultProvider(address)], hooks: explainedErrors() },
  );
  return {};
}
