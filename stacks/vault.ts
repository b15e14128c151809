import type * as pulumi from "@pulumi/pulumi";
import { explainedErrors } from "../components/explained-errors";
import { VaultContent } from "../components/vault-content";
import type { VaultStack } from "../inputs/settings";
import { vaultContentArgs } from "../plan/vault/vault-stack";
import { readPlatform } from "./platform-reference";
import { kubernetesProvider, vaultProvider } from "./providers";
import { requireVault, type Services, vaultAddress } from "./services";

/** Makes what is inside an unsealed Vault, and ends its bootstrap token. */
export async function vaultStack({ settings }: VaultStack, services: Services): Promise<pulumi.Inputs> {
  const { outputs: platform, secrets } = await readPlatform(settings.platform);
  const address = vaultAddress(settings, platform);
  await requireVault(services, address);
  const providers = [
    kubernetesProvider({ cluster: settings.platform, context: platform.kubernetes.context }),
    vaultProvider(address),
  ];
  new VaultContent({ ...vaultContentArgs(platform), secrets }, { providers, hooks: explainedErrors() });
  return {};
}
