import { z } from "zod";
import { platformSettings } from "./platform-settings";
import { unsealModes } from "./vault-server-settings";

const settings = platformSettings.shape;

/**
 * What the platform stack tells the other stacks of its cluster, under the output `platform`. Nothing in it is secret.
 * The same schema types the writing side and checks on the reading side.
 */
export const platformOutputs = z.strictObject({
  /** Raised when a reader of the old shape would misunderstand the new one. */
  version: z.literal(1),
  domain: settings.domain,
  kubernetes: z.strictObject({ context: z.string() }),
  node: z.strictObject({ cpu: z.string(), memory: z.string(), count: z.number() }),
  storageClass: z.string(),
  imageRegistry: z.string(),
  hosts: z.strictObject({ argoCd: z.string(), harbor: z.string(), argoWorkflows: z.string(), vault: z.string() }),
  /** Public host of the webhooks; empty: none. */
  webhookHost: z.string(),
  /** Traefik's entry points for what the internet may reach. */
  entryPoints: z.strictObject({ http: z.string(), https: z.string() }),
  tls: z.strictObject({
    /** Whether a ClusterIssuer signs certificates; if not, Traefik serves its default one. */
    issuer: z.boolean(),
    /** Whether a pod beside each certificate answers challenges over plain http. */
    httpChallenge: z.boolean(),
  }),
  /** Whether an authority of the cluster's own signs them, which nobody trusts who was not told to. */
  labAuthority: z.boolean().default(false),
  /** Whether Argo CD Image Updater is there; a platform that was made before there was a choice has none. */
  imageUpdater: z.boolean().default(false),
  /** Whether argocd-vault-plugin is there, by the same rule. */
  vaultPlugin: z.boolean().default(false),
  /** How many builds there may be at a time; a platform that was made before it said so has the usual number. */
  buildPlaces: settings.argoWorkflows.unwrap().shape.parallelism,
  /** `mount` is the path of the kv-v2 secrets engine. */
  vault: z.strictObject({
    address: z.string(),
    mount: z.string(),
    distribution: settings.vault.unwrap().shape.distribution.unwrap(),
    /** Who opens it after a restart; a platform that was made before there was a choice leaves it to a person. */
    unseal: unsealModes.default("manual"),
    /** Whether snapshots are made, by an account that has to be let in. */
    backup: z.boolean().default(false),
  }),
});

export type PlatformOutputs = z.infer<typeof platformOutputs>;

/** What the platform stack tells the vault stack alone, under the output `platformSecrets`, so that people find it in Vault. */
export const platformSecretOutputs = z.object({
  argoCdAdminPassword: z.string(),
  argoCdWebhookSecret: z.string(),
  harborAdminPassword: z.string(),
});

export type PlatformSecretOutput = keyof z.infer<typeof platformSecretOutputs>;

/** Names of the platform stack's two outputs: the public contract, and what must stay encrypted. */
export const platformOutputNames = { public: "platform", secret: "platformSecrets" } as const;
