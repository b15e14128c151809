import { planCluster } from "../../cli/plan-cluster";
import { readClusterFiles } from "../../inputs/cluster-files";
import { namespaceOf } from "../../plan/manifest";
import type { ComponentPlan, KubernetesManifest, PlannedManifest, PlannedRelease } from "../../plan/planned-resource";
import { exists } from "./kubectl";
import type { Workplace } from "./workplace";

/** The offline plan of a stack, from the configuration file that the engine uses too. */
export function plannedComponents(workplace: Workplace, stack: string): readonly ComponentPlan[] {
  const { stacks } = planCluster(readClusterFiles(workplace.directory), { stack });
  return stacks.flatMap(({ components }) => components);
}

export function plannedReleases(plan: readonly ComponentPlan[]): readonly PlannedRelease[] {
  return plan.flatMap(({ resources }) => resources.filter((resource) => resource.kind === "release"));
}

export function plannedManifests(plan: readonly ComponentPlan[]): readonly PlannedManifest[] {
  return plan.flatMap(({ resources }) => resources.filter((resource) => resource.kind === "manifest"));
}

/** Whether the API server has the object. */
export function isThere({ manifest }: PlannedManifest): boolean {
  return exists(resourceType(manifest), manifest.metadata.name, namespaceOf(manifest));
}

/** `Certificate.v1.cert-manager.io`: kubectl's unambiguous name of a kind. */
function resourceType({ apiVersion, kind }: KubernetesManifest): string {
  const [group, version] = apiVersion.split("/");
  return version === undefined ? kind : `${kind}.${version}.${group ?? ""}`;
}
