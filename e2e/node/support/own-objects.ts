import { isJsonObject } from "../../../model/json";
import type { KubernetesManifest } from "../../../plan/planned-resource";
import { exists, kubectl } from "../../support/kubectl";

/** Marks what the rows made in the place of an installation's own, such as a namespace of the platform. */
export const ownLabel = "idp-rows";

export function marked(manifest: KubernetesManifest): KubernetesManifest {
  const { labels } = manifest.metadata;
  const metadata = { ...manifest.metadata, labels: { ...(isJsonObject(labels) ? labels : {}), [ownLabel]: "" } };
  return { ...manifest, metadata };
}

/** Why objects of the whole cluster cannot be the rows': somebody else made them. Empty when they can. */
export function foreignObstacles(kind: string, names: readonly string[]): readonly string[] {
  const isOwn = (name: string) => kubectl("get", kind, "-l", ownLabel, "-o", "name").includes(`/${name}\n`);
  return names
    .filter((name) => exists(kind, name) && !isOwn(name))
    .map((name) => `the cluster has the ${kind} ${name} already`);
}
