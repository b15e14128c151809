import type { Footprint } from "./footprint";
import type { ProjectPlan } from "./projects/project-plan";
import type { ClusterPlan } from "./stack-plan";

/** Every warning of a plan once: what it is about, what it is, and what to do about it. */
export function clusterWarnings(plan: ClusterPlan, footprint: Footprint): readonly string[] {
  const own = plan.stacks.flatMap(({ warnings, components, projects }) => {
    const repeated = new Set(projects.flatMap((project) => repetitions(project, projects)));
    const all = components.flatMap(({ name, warnings: said }) => said.map((warning) => about(name, warning)));
    return [...warnings, ...all.filter((warning) => !repeated.has(warning))];
  });
  return [...new Set([...own, ...footprint.warnings])];
}

/** What an environment would say of what is in its project's file, and the project says already. */
function repetitions({ name, environmentOf }: ProjectPlan, projects: readonly ProjectPlan[]): readonly string[] {
  const project = projects.find((other) => other.name === environmentOf?.project);
  if (!project) return [];
  return project.component.warnings.map((warning) => {
    const said = about(project.name, warning);
    return `${name}${said.slice(project.name.length)}`;
  });
}

/** Most components say themselves which part of them is meant. */
function about(component: string, warning: string): string {
  const named = warning.startsWith(`${component}/`) || warning.startsWith(`${component}:`);
  return named ? warning : `${component}: ${warning}`;
}
