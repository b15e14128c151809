import { z } from "zod";
import { addressAdvice, hasNoCredentials, stackName } from "./scalars";

const vaultUrl = z
  .url({ protocol: /^https?$/, error: "use an address such as `http://127.0.0.1:8200`" })
  .refine(hasNoCredentials, addressAdvice);

/** Where the Vault provider finds Vault; both roles that need it have the key. */
export const vaultAddress = z
  .union([z.literal(""), vaultUrl])
  .default("")
  .describe("address of Vault's API, for a tunnel or a test; empty: Vault's host in the cluster");

/** The config keys of the `vault` role: what is inside Vault. */
export const vaultSettings = z.strictObject({
  platform: stackName.describe("name of the platform stack of the same cluster, such as `homelab`"),
  vaultAddress,
});

export type VaultSettings = z.infer<typeof vaultSettings>;
