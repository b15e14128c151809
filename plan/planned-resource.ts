import type { ChartName } from "../model/catalog";
import type { ChartSource } from "../model/chart-source";
import type { JsonObject } from "../model/json";
import type { Workload } from "../model/workload";
import type { PlannedBase } from "./planned-base";
import type { PlannedGitHub } from "./planned-github";
import type { PlannedVault } from "./planned-vault";

export type { PlannedVolume } from "./planned-base";

/** Random text that is made once and kept, encrypted, in the stack's state. */
export interface PlannedPassword extends PlannedBase {
  readonly kind: "password";
  /** Characters; letters and digits only, so that it fits every file format and URL. */
  readonly length: number;
  /** Another number makes another text: the new one first, and the old one goes when all that has it is changed. Absent: 0. */
  readonly rotation?: number;
}

/** A private key that is made once and kept, encrypted, in the stack's state. */
export interface PlannedPrivateKey extends PlannedBase {
  readonly kind: "private-key";
  /** `rsa` has 4096 bits; `ed25519` is what ssh uses. */
  readonly algorithm: "rsa" | "ed25519";
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

export type PlannedResource =
  | PlannedPassword
  | PlannedPrivateKey
  | PlannedCertificate
  | PlannedManifest
  | PlannedRelease
  | PlannedGitHub
  | PlannedVault;

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
  /** What people should know of it that its resources do not say, in a few words; absent: nothing. */
  readonly about?: string;
  /** One sentence each: what it is, and what to do about it. */
  readonly warnings: readonly string[];
}
