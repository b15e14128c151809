import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PlannedRelease } from "../plan/planned-resource";
import { type SecretLookup, withSecretValues } from "./secret-values";

/**
 * One Helm release. `helm.v3.Release` and not `helm.v4.Chart`, which drops the hooks that the charts of Argo CD and
 * cert-manager need (pulumi-kubernetes issue 3284, ADR 0003).
 */
export function registerHelmRelease(
  release: PlannedRelease,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  const args: k8s.helm.v3.ReleaseArgs = {
    name: release.name,
    namespace: release.namespace,
    createNamespace: false,
    timeout: release.timeout,
    values: withSecretValues(release.values, lookup),
    ...chartArgs(release),
  };
  return new k8s.helm.v3.Release(release.name, args, opts);
}

function chartArgs({
  source,
}: PlannedRelease): Pick<k8s.helm.v3.ReleaseArgs, "chart" | "version" | "repositoryOpts"> & k8s.helm.v3.ReleaseArgs {
  if ("directory" in source) return { chart: source.directory };
  if (source.repository.startsWith("oci://")) return { chart: source.repository, version: source.version };
  return { chart: source.chart, version: source.version, repositoryOpts: { repo: source.repository } };
}
