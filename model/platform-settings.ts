import { z } from "zod";
import { chartNames } from "./catalog";
import { chartOverride } from "./chart-source";
import { profileNames } from "./profiles";
import { volume } from "./project-scalars";
import { dnsLabel, gitAddress, hostName, nodeMemory, quantityText } from "./scalars";
import { tlsSettings } from "./tls-settings";
import { backupSettings, vaultServerSettings } from "./vault-server-settings";

const empty = z.literal("");

const mirror = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/, "use a host and a path such as `mirror.lab.example/proxy`");

const entryPointPair = (http: string, https: string) =>
  z
    .strictObject({
      http: dnsLabel.default(http).describe("entry point for plain http; it only redirects"),
      https: dnsLabel.default(https).describe("entry point for https"),
    })
    .prefault({});

const hosts = z
  .strictObject({
    argoCd: hostName.optional().describe("default `argocd` below the domain"),
    harbor: hostName.optional().describe("default `harbor` below the domain; also the registry in image references"),
    argoWorkflows: hostName.optional().describe("default `workflows` below the domain"),
    vault: hostName.optional().describe("default `vault` below the domain"),
  })
  .prefault({});

const node = z
  .strictObject({
    cpu: quantityText.prefault("4").describe("cores of one node"),
    memory: nodeMemory.prefault("16Gi").describe("memory of one node"),
    count: z.int().min(1).max(100).default(1).describe("how many nodes there are"),
  })
  .prefault({});

const infrastructure = z
  .strictObject({
    repository: z.union([empty, gitAddress]).default("").describe("address of the git repository; empty: none"),
    revision: z.string().min(1).default("main").describe("branch, tag or commit"),
    path: z
      .string()
      .regex(/^[\w./-]+\/\*$/, "use a folder pattern such as `apps/*`")
      .default("apps/*")
      .describe("folders to install, one application each; the folder's name is the namespace"),
  })
  .prefault({});

const harborStorage = z
  .strictObject({
    images: volume("20Gi", "volume of the images"),
    database: volume("2Gi", "volume of Harbor's database"),
    redis: volume("1Gi", "volume of Harbor's queue"),
    jobLog: volume("1Gi", "volume of the logs of Harbor's jobs"),
    trivy: volume("5Gi", "volume of the vulnerability database, when `trivy` is on"),
  })
  .prefault({});

const keepHours = z
  .strictObject({
    succeeded: z.int().min(1).default(24).describe("hours that a workflow is kept after its success"),
    failed: z.int().min(1).default(168).describe("hours that a workflow is kept after its failure"),
  })
  .prefault({});

/**
 * The config keys of the `platform` role: facts of one cluster. Each default stands here and nowhere else; `Pulumi.yaml`
 * and `docs/configuration.md` are generated from it (`npm run generate`).
 */
export const platformSettings = z.strictObject({
  domain: hostName.describe("domain of the cluster; the user interfaces get hosts below it"),
  hosts: hosts.describe("hosts of the user interfaces, where they are not the usual names"),
  kubernetes: z
    .strictObject({
      context: z.string().min(1).default("default").describe("context of the kubeconfig; k3s calls its own `default`"),
    })
    .prefault({})
    .describe("the cluster that all stacks use, whichever context is the active one"),
  profile: z
    .enum(profileNames)
    .default("small")
    .describe(`how much the platform asks for: ${profileNames.join(", ")}`),
  node: node.describe("what the footprint is measured against"),
  storageClass: dnsLabel.default("local-path").describe("storage class of every volume"),
  imageRegistry: z
    .union([empty, mirror])
    .default("")
    .describe("mirror, put before every image reference with its registry host; empty: pull from the source"),
  charts: z
    .partialRecord(z.enum(chartNames).meta({ title: "CHART" }), chartOverride)
    .default({})
    .describe(
      "other sources of charts, by chart: `directory`, or `repository` (also `oci://`) and `version`; `pulumi config set` may ask for `--plaintext`",
    ),
  entryPoints: z
    .strictObject({ internal: entryPointPair("web", "websecure"), public: entryPointPair("web", "websecure") })
    .prefault({})
    .describe("Traefik's entry points for the user interfaces (internal) and for what the internet may reach (public)"),
  webhookHost: z
    .union([empty, hostName])
    .default("")
    .describe("public host that takes GitHub's webhooks; empty: none, Argo CD polls"),
  tls: tlsSettings.prefault({ mode: "lab-ca" }).describe("where the certificates of the hosts come from"),
  argoCd: z
    .strictObject({
      infrastructure,
      imageUpdater: z
        .boolean()
        .default(false)
        .describe("install Argo CD Image Updater, for applications with `release.mode: image-updater`"),
      vaultPlugin: z
        .boolean()
        .default(false)
        .describe("run argocd-vault-plugin beside Argo CD, for projects with `secretSync: vault-plugin`"),
    })
    .prefault({})
    .describe("a repository of your own that Argo CD installs, and what else runs beside it"),
  harbor: z
    .strictObject({ storage: harborStorage, trivy: z.boolean().default(false).describe("scan images with Trivy") })
    .prefault({})
    .describe("the registry; docs/runbook.md says how a volume grows later"),
  argoEvents: z
    .strictObject({
      busStorage: volume("1Gi", "volume of the event bus"),
      busMaxAge: z
        .string()
        .regex(/^0*[1-9]\d*[hm]$/, "use hours or minutes such as `72h`")
        .default("72h")
        .describe("how long the bus keeps an event that nobody took"),
    })
    .prefault({})
    .describe("the event bus"),
  argoWorkflows: z
    .strictObject({
      parallelism: z
        .int()
        .min(1)
        .max(100)
        .default(2)
        .describe("builds that run at a time in the whole cluster; then `pulumi up` of the projects stack too"),
      keepHours,
    })
    .prefault({})
    .describe("the workflows"),
  vault: vaultServerSettings,
  backups: backupSettings,
});

/** Secret config keys of the `platform` role (`pulumi config set --secret`), and what each is for. */
export const platformSecretKeys = {
  infrastructureToken: "token that reads the repository of `idp:argoCd.infrastructure`, when it is private",
  acmeDnsToken: "Cloudflare API token that may edit the zone of the hosts, for the challenge `cloudflare`",
  vaultTransitToken: "token of the other Vault, which may encrypt and decrypt by the key of `idp:vault.unseal.transit`",
  backupsAccessKey: "access key of `idp:backups.s3`",
  backupsSecretKey: "secret key of `idp:backups.s3`",
} as const;

export type PlatformSecretKey = keyof typeof platformSecretKeys;

export type PlatformSettings = z.infer<typeof platformSettings>;
