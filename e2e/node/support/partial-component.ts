import type { ComponentPlan, PlannedResource } from "../../../plan/planned-resource";

/** A part of a plan: what is wanted of it, where nothing waits for what is left out. */
export function partialComponent(
  component: ComponentPlan,
  isWanted: (resource: PlannedResource) => boolean,
): ComponentPlan {
  const wanted = component.resources.filter(isWanted);
  const names = new Set(wanted.map(({ name }) => name));
  const resources = wanted.map((resource) => ({
    ...resource,
    dependsOn: (resource.dependsOn ?? []).filter((name) => names.has(name)),
  }));
  return { ...component, resources };
}
