import { z } from "zod";
import { chartNames } from "./catalog";
import { profileNames } from "./profiles";
import { dnsLabel, gitAddress, hostName, quantityText } from "./scalars";

const empty = z.literal("");

const chartOverride = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .optional()
      .describe("folder that holds the chart (a mirror, or a cluster without internet)"),
    repository: z
      .string()
      .regex(/^(https|oci):\/\/\S+$/, "use an address that starts with `https://` or `oci://`")
      .optional()
      .describe("Helm repository, or the chart itself when it starts with `oci://`"),
    version: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+\S*$/, "use an exact version such as `1.2.3`")
      .optional(),
  })
  .refine((source) => source.directory === undefined || (source.repository ?? source.version) === undefined, {
    error: "use either `directory` or `repository` and `version`",
  });

const entryPointPair = (http: string, https: string) =>
  z.strictObject({ http: dnsLabel.default(http), https: dnsLabel.default(https) }).prefault({});

const acmeChallenge = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("http01") }).describe("the host must be reachable from the internet"),
  z
    .strictObject({ type: z.literal("cloudflare") })
    .describe("DNS record made with the API token in `idp:acmeDnsToken`; works for hosts inside the house"),
]);

const tls = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("lab-ca") }).describe("cert-manager signs with a certificate authority of its own"),
  z
    .strictObject({
      mode: z.literal("acme"),
      email: z.email("use the e-mail address that Let's Encrypt may write to"),
      server: z.url("use the address of an ACME directory").default("https://acme-v02.api.letsencrypt.org/directory"),
      challenge: acmeChallenge,
    })
    .describe("cert-manager gets certificates from an ACME server such as Let's Encrypt"),
  z.strictObject({ mode: z.literal("traefik") }).describe("no cert-manager; Traefik's default certificate"),
]);

const hosts = z
  .strictObject({
    argoCd: hostName.optional(),
    harbor: hostName.optional(),
    argoWorkflows: hostName.optional(),
    vault: hostName.optional(),
  })
  .prefault({});

/**
 * The config keys of the `platform` role: facts of one cluster. Each default stands here and nowhere else; `Pulumi.yaml`
 * and `docs/configuration.md` are generated from it (`npm run generate`).
 */
export const platformSettings = z.strictObject({
  domain: hostName.describe("domain of the cluster; the user interfaces get hosts below it"),
  hosts: hosts.describe(
    "host of a user interface, where it is not the name below `idp:domain` (argocd, harbor, workflows, vault)",
  ),
  kubernetes: z
    .strictObject({ context: z.string().min(1).default("default") })
    .prefault({})
    .describe(
      "context of the kubeconfig that the stacks use, whichever is the active one; k3s calls its own `default`",
    ),
  profile: z.enum(profileNames).default("small").describe("how much CPU and memory the platform asks for"),
  node: z
    .strictObject({
      cpu: quantityText.prefault("4"),
      memory: quantityText.prefault("16Gi"),
      count: z.int().min(1).max(100).default(1),
    })
    .prefault({})
    .describe("one node, and how many there are; the footprint is measured against it"),
  storageClass: dnsLabel.default("local-path").describe("class of every volume"),
  imageRegistry: z
    .union([
      empty,
      z
        .string()
        .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/, "use a host and a path such as `mirror.lab.example/proxy`"),
    ])
    .default("")
    .describe(
      "put before every image reference, registry host included, such as `mirror.lab.example/proxy`; empty: pull from the source",
    ),
  charts: z
    .partialRecord(z.enum(chartNames), chartOverride)
    .default({})
    .describe("another source of a chart: a folder, a repository, an OCI address, a version"),
  entryPoints: z
    .strictObject({ internal: entryPointPair("web", "websecure"), public: entryPointPair("web", "websecure") })
    .prefault({})
    .describe("Traefik's entry points for the user interfaces (internal) and for what the internet may reach (public)"),
  webhookHost: z
    .union([empty, hostName])
    .default("")
    .describe("public host that takes GitHub's webhooks; empty: none, Argo CD polls"),
  tls: tls.prefault({ mode: "lab-ca" }).describe("where the certificates of the hosts come from"),
  argoCd: z
    .strictObject({
      infrastructure: z
        .strictObject({
          repository: z.union([empty, gitAddress]).default(""),
          revision: z.string().min(1).default("main"),
          path: z
            .string()
            .regex(/^[\w./-]+\/\*$/, "use a folder pattern such as `apps/*`")
            .default("apps/*"),
        })
        .prefault({}),
    })
    .prefault({})
    .describe("repository whose folders Argo CD installs, one application each; empty: none"),
  harbor: z
    .strictObject({
      storage: z
        .strictObject({
          images: quantityText.prefault("20Gi"),
          database: quantityText.prefault("2Gi"),
          redis: quantityText.prefault("1Gi"),
          jobLog: quantityText.prefault("1Gi"),
          trivy: quantityText.prefault("5Gi"),
        })
        .prefault({}),
      trivy: z.boolean().default(false),
    })
    .prefault({})
    .describe("sizes of Harbor's volumes (they can grow, never shrink), and whether Trivy scans images"),
  argoEvents: z
    .strictObject({
      busStorage: quantityText.prefault("1Gi"),
      busMaxAge: z
        .string()
        .regex(/^\d+[hm]$/, "use hours or minutes such as `72h`")
        .default("72h"),
    })
    .prefault({})
    .describe("volume of the event bus, and how long it keeps an event"),
  argoWorkflows: z
    .strictObject({
      parallelism: z.int().min(1).max(100).default(2),
      keepHours: z
        .strictObject({ succeeded: z.int().min(1).default(24), failed: z.int().min(1).default(168) })
        .prefault({}),
    })
    .prefault({})
    .describe("how many workflows run at a time in the whole cluster, and how long a finished one is kept"),
  vault: z
    .strictObject({
      distribution: z.enum(["vault", "openbao"]).default("vault"),
      storage: quantityText.prefault("2Gi"),
      auditStorage: quantityText.prefault("2Gi"),
    })
    .prefault({})
    .describe("HashiCorp Vault or OpenBao, and the sizes of its data and audit volumes"),
});

/** Secret config keys of the `platform` role (`pulumi config set --secret`), and what each is for. */
export const platformSecretKeys = {
  infrastructureToken:
    "token that reads `idp:argoCd.infrastructure.repository` when it is private (fine-grained, contents read-only)",
  acmeDnsToken: "Cloudflare API token (Zone:DNS:Edit on one zone) for `idp:tls.challenge.type: cloudflare`",
} as const;

export type PlatformSecretKey = keyof typeof platformSecretKeys;

export type PlatformSettings = z.infer<typeof platformSettings>;
export type ChartOverride = z.infer<typeof chartOverride>;
export type TlsSettings = PlatformSettings["tls"];

/** Where a release takes its chart from, overrides applied. */
export type ChartSource =
  { readonly directory: string } | { readonly repository: string; readonly chart: string; readonly version: string };
