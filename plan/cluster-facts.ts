import { charts, type ChartName } from "../model/catalog";
import type { ChartSource } from "../model/chart-source";
import type { PlatformSettings } from "../model/platform-settings";
import { containerResources, type ContainerName } from "../model/profiles";
import { formatBytes, formatCpu, quantity } from "../model/quantity";
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
export function imageRepository(facts: Pick<ClusterFacts, "imageRegistry">, repository: string): string {
  return facts.imageRegistry === "" ? repository : `${facts.imageRegistry}/${repository}`;
}

/** What one container asks for in the cluster's profile. */
export function resourcesOf(facts: ClusterFacts, container: ContainerName): Resources {
  return containerResources(facts.profile, container);
}

/** One pod that runs all the time; it is called after its main container. */
export function workload(facts: ClusterFacts, main: ContainerName, ...sidecars: readonly ContainerName[]): Workload {
  const requests = [main, ...sidecars].map((container) => resourcesOf(facts, container).requests);
  const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + quantity(amount), 0);
  const cpu = formatCpu(sum(requests.map((request) => request.cpu)));
  const memory = formatBytes(sum(requests.map((request) => request.memory)));
  return { name: main, replicas: 1, requests: { cpu, memory } };
}
