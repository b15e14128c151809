import { z } from "zod";
import { addressAdvice, hasNoCredentials, stackName } from "./scalars";

const vaultUrl = z
  .url({ protocol: /^https?$/, error: "use an address such as `http://127.0.0.1:8200`" })
  .refine(hasNoCredentials, addressAdvice);

/** The config keys of the `vault` role: what is inside Vault. */
export const vaultSettings = z.strictObject({
  platform: stackName.describe("name of the platform stack of the same cluster, such as `homelab`"),
  vaultAddress: z
    .union([z.literal(""), vaultUrl])
    .default("")
    .describe("address of Vault's API, for a tunnel or a test; empty: Vault's host in the cluster"),
  vaultMount: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "use lower-case letters, digits and `-`")
    .default("idp")
    .describe("path of the kv-v2 secrets engine that holds the secrets of all projects"),
});

export type VaultSettings = z.infer<typeof vaultSettings>;
