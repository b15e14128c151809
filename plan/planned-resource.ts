import type { ChartName } from "../model/catalog";
import type { ChartSource } from "../model/chart-source";
import type { JsonObject } from "../model/json";
import type { Workload } from "../model/workload";

/** What every planned resource says about itself. */
interface PlannedBase {
  /** Pulumi's logical name. Frozen once released: a change needs an alias. */
  readonly name: string;
  /** Logical names of resources of the same component that must exist first. */
  readonly dependsOn?: readonly string[];
  /** `pulumi up` and `pulumi destroy` refuse to delete it until a person unprotects it. */
  readonly protect?: boolean;
  /** It stays in the cluster when it leaves the plan or the stack is destroyed. */
  readonly retain?: boolean;
  /** The volumes that are lost with it. */
  readonly volumes?: readonly PlannedVolume[];
}

/** Data on a disk. Its removal, replacement or shrinking is what a plan marks as data loss. */
export interface PlannedVolume {
  /** What a person calls it, such as `images` or the claim's name. */
  readonly name: string;
  /** Kubernetes quantity, such as `5Gi`. */
  readonly size: string;
  /** What wrote the data, such as `postgres 17`: other software, or an older one, cannot read it. Absent when it does not matter. */
  readonly format?: string;
  /** Newer software of any major version reads it without being told to. */
  readonly upgradesItself?: boolean;
  /** What is on it can be fetched again: losing it costs time and no data. */
  readonly isCache?: boolean;
}

/** Random text that is made once and kept, encrypted, in the stack's state. */
export interface PlannedPassword extends PlannedBase {
  readonly kind: "password";
  /** Characters; letters and digits only, so that it fits every file format and URL. */
  readonly length: number;
}

/** A private key (RSA, 4096 bits, PEM) that is made once and kept, encrypted, in the stack's state. */
export interface PlannedPrivateKey extends PlannedBase {
  readonly kind: "private-key";
}

/** A certificate (PEM) that a private key of the same component has signed itself. */
export interface PlannedCertificate extends PlannedBase {
  readonly kind: "certificate";
  /** Logical name of the private key. */
  readonly privateKey: string;
  /** Whom it names, such as `harbor-token`. */
  readonly commonName: string;
  /** How long it is valid; the first `pulumi up` after that makes a new one. */
  readonly years: number;
}

/** One object of the Kubernetes API. Secrets in it are `SecretText`. */
export interface PlannedManifest extends PlannedBase {
  readonly kind: "manifest";
  readonly manifest: KubernetesManifest;
}

export interface KubernetesManifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
}

export interface ManifestMetadata extends JsonObject {
  readonly name: string;
}

/** One Helm release. */
export interface PlannedRelease extends PlannedBase {
  readonly kind: "release";
  readonly chart: ChartName;
  readonly source: ChartSource;
  readonly namespace: string;
  readonly values: JsonObject;
  /** Seconds that Helm waits for the release to become ready. */
  readonly timeout: number;
}

/** A file audit device of Vault. */
export interface PlannedVaultAudit extends PlannedBase {
  readonly kind: "vault-audit";
  /** Path of the log inside Vault's pod. */
  readonly filePath: string;
}

/** A kv-v2 secrets engine of Vault. */
export interface PlannedVaultMount extends PlannedBase {
  readonly kind: "vault-mount";
  readonly path: string;
  readonly description: string;
}

export type PlannedResource =
  | PlannedPassword
  | PlannedPrivateKey
  | PlannedCertificate
  | PlannedManifest
  | PlannedRelease
  | PlannedVaultAudit
  | PlannedVaultMount;

/** One ComponentResource: what it registers, what then runs, and what a person should know. */
export interface ComponentPlan {
  /** Pulumi's type token, such as `idp:platform:Harbor`. Frozen once released. */
  readonly type: string;
  /** Pulumi's logical name, and what a person calls it. */
  readonly name: string;
  readonly resources: readonly PlannedResource[];
  /** Names of components of the same stack that must exist first. */
  readonly dependsOn: readonly string[];
  /** The pods that run once it is installed, for the footprint. */
  readonly workloads: readonly Workload[];
  /** Hosts that answer once it is installed, such as `https://harbor.lab.example`. */
  readonly addresses: readonly string[];
  /** One sentence each: what it is, and what to do about it. */
  readonly warnings: readonly string[];
}
