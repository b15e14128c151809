import assert from "node:assert/strict";
import type { ComponentPlan, KubernetesManifest, PlannedManifest, PlannedRelease } from "../../plan/planned-resource";

/** The only release of a component. */
export function releaseOf(plan: ComponentPlan): PlannedRelease {
  const [release, ...others] = plan.resources.filter((resource) => resource.kind === "release");
  assert.ok(release && others.length === 0, `${plan.name} has one release`);
  return release;
}

/** The planned object of a logical name. */
export function plannedManifest(plan: ComponentPlan, name: string): PlannedManifest {
  const found = plan.resources.find((resource) => resource.name === name);
  assert.ok(found?.kind === "manifest", `${plan.name} plans an object ${name}`);
  return found;
}

/** Every object of a kind. */
export function manifestsOf(plan: ComponentPlan, kind: string): readonly KubernetesManifest[] {
  return plan.resources.flatMap((resource) =>
    resource.kind === "manifest" && resource.manifest.kind === kind ? [resource.manifest] : [],
  );
}
