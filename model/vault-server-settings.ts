import { z } from "zod";
import { cron } from "./cron";
import { volume } from "./project-scalars";
import { addressAdvice, hasNoCredentials } from "./scalars";

const empty = z.literal("");

const httpAddress = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `use an address such as \`${example}\`` })
    // It stands in the server's configuration, which Helm takes for a template.
    .regex(/^[\w.~:/@%[\]-]*$/, "use an address of letters, digits and `-._~:/%[]` alone")
    .refine(hasNoCredentials, addressAdvice);

/** Name or path inside Vault, as it stands in an address. */
const pathName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_/-]*$/, "use letters, digits, `_`, `-` and `/`");

/** Who opens Vault after each start. */
export const unsealModes = z.enum(["kubernetes-secret", "manual", "transit"]);

export type UnsealMode = z.infer<typeof unsealModes>;

const unseal = z
  .strictObject({
    mode: unsealModes
      .default("kubernetes-secret")
      .describe(
        "`kubernetes-secret`: the cluster itself, with keys in a Secret; `manual`: a person; `transit`: another Vault. A change to or from `transit`, and any change with `openbao`, is a migration by hand",
      ),
    shares: z
      .int()
      .min(1)
      .max(20)
      .default(1)
      .describe("keys that Vault gives out when it is initialised; with `transit` they are for recovery"),
    threshold: z.int().min(1).max(20).default(1).describe("how many of the keys are needed at a time"),
    transit: z
      .strictObject({
        address: z
          .union([empty, httpAddress("https://vault.other.example")])
          .default("")
          .describe("address of the other Vault"),
        mount: pathName.default("transit").describe("path of its transit engine"),
        key: z.union([empty, pathName]).default("").describe("name of the key"),
      })
      .prefault({})
      .describe("the key of another Vault, for the mode `transit`"),
  })
  .prefault({})
  .describe("how Vault is opened after a restart (docs/vault.md); the keys count when it is initialised");

const backup = z
  .strictObject({
    schedule: cron.default("17 3 * * *").describe("when a snapshot is made, as cron says it; empty: never"),
    keep: z.int().min(1).max(365).default(14).describe("snapshots that stay on the volume"),
    storage: volume("1Gi", "volume of the snapshots"),
  })
  .prefault({})
  .describe("snapshots of all that Vault holds, encrypted as in Vault itself");

/** The server that keeps the secrets. */
export const vaultServerSettings = z
  .strictObject({
    distribution: z.enum(["vault", "openbao"]).default("vault").describe("`vault` (HashiCorp) or `openbao`"),
    mount: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]*$/, "use lower-case letters, digits, `_` and `-`, such as `idp`")
      .default("idp")
      .describe("path of the kv-v2 secrets engine that the `vault` role makes; frozen once it holds secrets"),
    storage: volume("2Gi", "volume of the secrets"),
    auditStorage: volume("2Gi", "volume of the audit log; Vault stops answering when it is full"),
    unseal,
    backup,
  })
  .prefault({})
  .describe("the store of secrets");

/** Where copies of backups go that must outlive the cluster. */
export const backupSettings = z
  .strictObject({
    s3: z
      .strictObject({
        endpoint: z
          .union([empty, httpAddress("https://s3.lab.example")])
          .default("")
          .describe("address of the store, without the bucket; empty: none"),
        bucket: z
          .union([empty, z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "use the name of a bucket")])
          .default("")
          .describe("name of the bucket, which must be there"),
        region: z
          .string()
          .regex(/^[a-z0-9-]+$/, "use a region such as `us-east-1`")
          .default("us-east-1")
          .describe("region, as the store calls it; most stores of one's own take any"),
      })
      .prefault({})
      .describe("a store that speaks S3; its keys are `idp:backupsAccessKey` and `idp:backupsSecretKey`"),
  })
  .prefault({})
  .describe("where copies of backups go, beside the cluster");

export type VaultServerSettings = z.infer<typeof vaultServerSettings>;

/**
 * What keeps Vault's own key: `shamir` keys that somebody enters, another Vault's `transit` engine, or for OpenBao a `static`
 * key, which needs nobody either.
 */
export type VaultSeal = "shamir" | "static" | "transit";

export function sealOf({
  distribution,
  unseal: { mode },
}: Pick<VaultServerSettings, "distribution" | "unseal">): VaultSeal {
  if (mode === "transit") return "transit";
  return mode === "kubernetes-secret" && distribution === "openbao" ? "static" : "shamir";
}
