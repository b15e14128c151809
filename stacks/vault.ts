import type * as pulumi from "@pulumi/pulumi";
import { VaultContent } from "../components/vault-content";
import type { VaultStack } from "../inputs/settings";
import { readPlatformOutputs } from "./platform-reference";
import { vaultProvider } from "./providers";

/** Makes what is inside an unsealed Vault. */
export async function vaultStack({ settings }: VaultStack): Promise<pulumi.Inputs> {
  const platform = await readPlatformOutputs(settings.platform);
  const address = settings.vaultAddress === "" ? platform.vault.address : settings.vaultAddress;
  new VaultContent(
    { distribution: platform.vault.distribution, mount: settings.vaultMount },
    { providers: [vaultProvider(address)] },
  );
  return {};
}
