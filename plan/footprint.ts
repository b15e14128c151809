import { type Amount, nodesTogether } from "../model/node-capacity";
import { formatBytes, formatCpu, quantity } from "../model/quantity";
import type { Workload } from "../model/workload";
import type { ComponentPlan } from "./planned-resource";
import type { ClusterPlan, StackPlan } from "./stack-plan";

/** Requests of pods that run all the time. */
export interface Usage extends Amount {
  readonly pods: number;
}

export interface FootprintRow extends Usage {
  readonly stack: string;
  readonly kind: "component" | "project";
  /** Name of the component or of the project. */
  readonly name: string;
}

/** What a cluster's pods request, against what its nodes have. */
export interface Footprint {
  /** Components and projects with pods, in the order of the plan. */
  readonly rows: readonly FootprintRow[];
  readonly sum: Usage;
  /** All nodes together. */
  readonly capacity: Amount;
  /** What is left for pods that the plan does not know; never below zero. */
  readonly left: Amount;
  /** One sentence each: what it is, and what to do about it. */
  readonly warnings: readonly string[];
}

/** Share of all nodes from which on a warning is due: the system's own pods and builds need the rest. */
const fullShare = 0.8;

/** Sums the requests of everything that runs all the time. */
export function planFootprint(plan: ClusterPlan): Footprint {
  const rows = plan.stacks.flatMap(stackRows);
  const sum = sumOf(rows);
  const capacity = nodesTogether(plan.node);
  const left = { cpu: rounded(Math.max(0, capacity.cpu - sum.cpu)), memory: Math.max(0, capacity.memory - sum.memory) };
  return { rows, sum, capacity, left, warnings: [...sumWarnings(plan, sum, capacity), ...podWarnings(plan)] };
}

/** Per cent, rounded up, so that a number below the limit never reads like the limit. */
export function percentOf(part: number, whole: number): number {
  return Math.ceil(rounded((part / whole) * 100));
}

function stackRows(stack: StackPlan): readonly FootprintRow[] {
  const projects = new Map(stack.projects.map(({ component, name }) => [component.name, name]));
  return stack.components
    .filter(({ workloads }) => workloads.length > 0)
    .map((component) => {
      const project = projects.get(component.name);
      const label =
        project === undefined
          ? { kind: "component" as const, name: component.name }
          : { kind: "project" as const, name: project };
      return { stack: stack.stack, ...label, ...componentUsage(component) };
    });
}

function componentUsage({ workloads }: ComponentPlan): Usage {
  return sumOf(
    workloads.map(({ replicas, requests }) => ({
      pods: replicas,
      cpu: quantity(requests.cpu) * replicas,
      memory: quantity(requests.memory) * replicas,
    })),
  );
}

function sumOf(usages: readonly Usage[]): Usage {
  const total = usages.reduce(
    (sum, { pods, cpu, memory }) => ({
      pods: sum.pods + pods,
      cpu: sum.cpu + cpu,
      memory: sum.memory + memory,
    }),
    { pods: 0, cpu: 0, memory: 0 },
  );
  return { ...total, cpu: rounded(total.cpu) };
}

/** Kubernetes counts in thousandths of a core; sums of fractions would otherwise end in 0000001. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function sumWarnings({ node }: ClusterPlan, sum: Amount, capacity: Amount): readonly string[] {
  const nodes = node.count === 1 ? "the node" : `the ${node.count} nodes`;
  const warning = (what: string, used: string, all: string, share: number) =>
    share <= fullShare * 100
      ? []
      : [
          `the pods request ${share} % of the ${what} of ${nodes} (${used} of ${all}), and the system and builds need room too; ` +
            "set a smaller `idp:profile`, remove a project or add a node",
        ];
  return [
    ...warning("CPU", formatCpu(sum.cpu), formatCpu(capacity.cpu), percentOf(sum.cpu, capacity.cpu)),
    ...warning("memory", formatBytes(sum.memory), formatBytes(capacity.memory), percentOf(sum.memory, capacity.memory)),
  ];
}

function podWarnings({ node, stacks }: ClusterPlan): readonly string[] {
  const fits = ({ requests }: Workload) =>
    quantity(requests.cpu) <= quantity(node.cpu) && quantity(requests.memory) <= quantity(node.memory);
  return stacks
    .flatMap(({ components }) => components)
    .flatMap(({ name, workloads }) =>
      workloads
        .filter((pod) => pod.replicas > 0 && !fits(pod))
        .map(
          (pod) =>
            `${name}: one pod of ${pod.name} requests ${pod.requests.cpu} CPU and ${pod.requests.memory}, and a node has ` +
            `${node.cpu} and ${node.memory}, so it never starts; lower its request or correct \`idp:node\``,
        ),
    );
}
