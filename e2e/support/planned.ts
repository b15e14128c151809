import { planCluster } from "../../cli/plan-cluster";
import { readClusterFiles } from "../../inputs/cluster-files";
import { namespaceOf } from "../../plan/manifest";
import type { ComponentPlan, KubernetesManifest, PlannedManifest, PlannedRelease } from "../../plan/planned-resource";
import { exists, kubectl } from "./kubectl";
import { nodesPretend } from "./pretended-nodes";
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

/**
 * Removes the definitions that the platform's own charts bring: a release refuses to take over those that somebody else
 * made. Only where nodes pretend: on a real cluster they may hold what a person wants to keep.
 */
export function removeCustomResourceDefinitions(): void {
  if (!nodesPretend()) return;
  const names = kubectl("get", "customresourcedefinitions", "-o", "name").split("\n");
  const own = names.filter((name) => /\.(argoproj\.io|cert-manager\.io|external-secrets\.io)$/.test(name));
  if (own.length > 0) kubectl("delete", "--wait=true", ...own);
}
