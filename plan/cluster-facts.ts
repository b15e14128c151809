import { charts, type ChartName } from "../model/catalog";
import type { ChartSource, PlatformSettings } from "../model/platform-settings";
import { containerResources, type ContainerName } from "../model/profiles";
import type { Resources, Workload } from "../model/workload";

/** What every component of a cluster shares. */
export type ClusterFacts = Pick<
  PlatformSettings,
  "profile" | "storageClass" | "imageRegistry" | "charts" | "entryPoints" | "tls"
>;

/** Where a release takes its chart from: the catalog, unless the cluster overrides it. */
export function chartSource(facts: ClusterFacts, name: ChartName): ChartSource {
  const override = facts.charts[name];
  if (override?.directory !== undefined) return { directory: override.directory };
  const { repository, chart, version } = charts[name];
  return { repository: override?.repository ?? repository, chart, version: override?.version ?? version };
}

/** An image repository such as `quay.io/argoproj/argocd`, behind the cluster's mirror when it has one. */
export function imageRepository(facts: ClusterFacts, repository: string): string {
  return facts.imageRegistry === "" ? repository : `${facts.imageRegistry}/${repository}`;
}

/** What one container asks for in the cluster's profile. */
export function resourcesOf(facts: ClusterFacts, container: ContainerName): Resources {
  return containerResources(facts.profile, container);
}

/** One pod of one container that runs all the time. */
export function workload(facts: ClusterFacts, container: ContainerName): Workload {
  return { name: container, replicas: 1, requests: resourcesOf(facts, container).requests };
}
