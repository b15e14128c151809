import type { ISecret } from "kubernetes-models/v1/Secret";
import type { SecretText } from "../model/secret-text";
import { manifest } from "./manifest";
import type { KubernetesManifest } from "./planned-resource";

export interface SecretManifestArgs {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Absent: `Opaque`. */
  readonly type?: "Opaque" | "kubernetes.io/tls" | "kubernetes.io/dockerconfigjson";
  readonly stringData: Readonly<Record<string, string | SecretText>>;
}

/** A Secret of Kubernetes. Its model knows plain text only, so what is secret is added to it. */
export function secretManifest({
  labels,
  type = "Opaque",
  stringData,
  ...place
}: SecretManifestArgs): KubernetesManifest {
  const metadata = { ...place, ...(labels ? { labels: { ...labels } } : {}) };
  const secret = { apiVersion: "v1", kind: "Secret", metadata, type } as const satisfies ISecret;
  return manifest({ ...secret, stringData });
}
