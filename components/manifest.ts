import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PlannedManifest } from "../plan/planned-resource";
import { type SecretLookup, withSecretValues } from "./secret-values";

type Register = (name: string, args: pulumi.Inputs, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/**
 * Kinds of the core group need their own classes, whose type token says `core/v1` where the object says `v1`. For every
 * other kind, built-in or custom, `CustomResource` has the very token that its own class would have.
 */
const core: Readonly<Record<string, Register>> = {
  ConfigMap: (name, args, opts) => new k8s.core.v1.ConfigMap(name, args, opts),
  LimitRange: (name, args, opts) => new k8s.core.v1.LimitRange(name, args, opts),
  Namespace: (name, args, opts) => new k8s.core.v1.Namespace(name, args, opts),
  PersistentVolumeClaim: (name, args, opts) => new k8s.core.v1.PersistentVolumeClaim(name, args, opts),
  ResourceQuota: (name, args, opts) => new k8s.core.v1.ResourceQuota(name, args, opts),
  Secret: (name, args, opts) => new k8s.core.v1.Secret(name, args, opts),
  Service: (name, args, opts) => new k8s.core.v1.Service(name, args, opts),
  ServiceAccount: (name, args, opts) => new k8s.core.v1.ServiceAccount(name, args, opts),
};

/** One object of the Kubernetes API. */
export function registerManifest(
  { name, manifest }: PlannedManifest,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const { apiVersion, kind } = manifest;
  const args = withSecretValues(manifest, lookup);
  if (apiVersion !== "v1") return new k8s.apiextensions.CustomResource(name, { ...args, apiVersion, kind }, opts);
  const register = core[kind];
  if (!register) throw new Error(`no class is known for ${apiVersion}/${kind}`);
  return register(name, args, opts);
}
