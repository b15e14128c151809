import type { ComponentPlan, PlannedResource } from "./planned-resource";

/** A component's plan with the parts that most components leave empty. */
export function componentPlan(
  plan: Pick<ComponentPlan, "type" | "name"> & {
    readonly resources: readonly PlannedResource[];
  } & Partial<ComponentPlan>,
): ComponentPlan {
  return { dependsOn: [], workloads: [], addresses: [], warnings: [], ...plan };
}
