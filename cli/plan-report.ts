import { clusterWarnings } from "../plan/cluster-warnings";
import { planFootprint } from "../plan/footprint";
import type { ClusterPlan, StackPlan } from "../plan/stack-plan";
import { describeComponent } from "./describe-component";
import { describeProject } from "./describe-project";
import { type EnteredSecret, enteredSection } from "./entered-secrets";
import { footprintTable } from "./footprint-table";
import type { Page } from "./page";
import { counted, unbroken, wrap } from "./text-layout";

/** What a report needs beside the plan. */
export interface ReportContext {
  /** The stack that was asked for. */
  readonly stack: string;
  /** What people have yet to enter in Vault; absent: nobody asked Vault. */
  readonly pending?: readonly EnteredSecret[];
}

/** The whole plan for a person to read: what exists, what it asks for, what to mind, what to do next. */
export function planReport(page: Page, plan: ClusterPlan, { stack, pending }: ReportContext): string {
  const footprint = planFootprint(plan);
  const { count, cpu, memory } = plan.node;
  const size = `${counted(count, "node")} with ${cpu} CPU and ${memory} memory`;
  const sections = [
    heading(page, `Offline plan of ${plan.cluster}, context ${plan.context}: ${size}`),
    ...plan.stacks.map((planned) => stackSection(page, planned)),
    [...heading(page, "Footprint (what the pods request)"), ...footprintTable(page, plan, footprint)],
    warningSection(page, clusterWarnings(plan, footprint)),
    enteredSection(page, plan, pending),
    [`Next: ${page.palette.name(`pulumi preview --stack ${stack}`)}`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function stackSection(page: Page, stack: StackPlan): readonly string[] {
  const ofProjects = new Set(stack.projects.map(({ component }) => component.name));
  const components = stack.components.filter(({ name }) => !ofProjects.has(name));
  const nameWidth = Math.max(0, ...components.map(({ name }) => name.length));
  return [
    ...heading(page, `Stack ${stack.stack} (${stack.role}): ${stackCounts(stack)}`),
    ...components.flatMap((component) => describeComponent(page, component, nameWidth)),
    ...stack.projects.flatMap((project) => describeProject(page, project)),
  ];
}

function heading({ width, palette }: Page, text: string): readonly string[] {
  return wrap(text, { width, first: "", rest: "  " }).map(palette.title);
}

function stackCounts({ role, components, projects }: StackPlan): string {
  const resources = components.reduce((sum, component) => sum + component.resources.length, 0);
  const applications = projects.reduce((sum, project) => sum + project.applications.length, 0);
  const databases = projects.reduce((sum, project) => sum + project.databases.length, 0);
  const parts =
    role === "projects"
      ? [...projectCounts(projects), counted(applications, "application"), counted(databases, "database")]
      : [counted(components.length, "component")];
  return [...parts, counted(resources, "resource")].map(unbroken).join(", ");
}

/** Environments are counted only where there are any. */
function projectCounts(projects: StackPlan["projects"]): readonly string[] {
  const environments = projects.filter(({ environmentOf }) => environmentOf !== undefined).length;
  const all = counted(projects.length - environments, "project");
  return environments === 0 ? [all] : [all, counted(environments, "environment")];
}

function warningSection({ width, palette }: Page, warnings: readonly string[]): readonly string[] {
  if (warnings.length === 0) return [];
  return [
    palette.title(palette.warning(`Warnings (${warnings.length})`)),
    ...warnings.flatMap((warning) => wrap(warning, { width, first: "  - ", rest: "    " })),
  ];
}
