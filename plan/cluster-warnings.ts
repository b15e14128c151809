import type { Footprint } from "./footprint";
import type { ClusterPlan } from "./stack-plan";

/** Every warning of a plan once: what it is about, what it is, and what to do about it. */
export function clusterWarnings(plan: ClusterPlan, footprint: Footprint): readonly string[] {
  const own = plan.stacks.flatMap(({ warnings, components }) => [
    ...warnings,
    ...components.flatMap((component) => component.warnings.map((warning) => about(component.name, warning))),
  ]);
  return [...new Set([...own, ...footprint.warnings])];
}

/** Most components say themselves which part of them is meant. */
function about(component: string, warning: string): string {
  const named = warning.startsWith(`${component}/`) || warning.startsWith(`${component}:`);
  return named ? warning : `${component}: ${warning}`;
}
