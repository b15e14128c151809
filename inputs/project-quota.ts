import { z } from "zod";
import { application } from "../model/application";
import { withEnvironments } from "../model/environments";
import type { Problem } from "../model/input-error";
import { type Amount, nodesTogether } from "../model/node-capacity";
import type { PlatformOutputs } from "../model/platform-outputs";
import { type Project, projectFile } from "../model/project";
import { memoryOvercommit, projectDemand, projectQuota, type QuotaAmount } from "../model/project-quota";
import { formatBytes, formatCpu, quantity } from "../model/quantity";
import { at } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

type Node = PlatformOutputs["node"];

const { quota: soundQuota } = projectFile.shape;
const { resources: soundResources } = application.shape;
const soundParts = z
  .object({
    quota: soundQuota.optional().catch(undefined),
    applications: z.array(z.object({ resources: soundResources.optional().catch(undefined) }).catch({})).catch([]),
  })
  .catch({ applications: [] });

/** Amounts that contradict each other or the nodes. The project is absent when its file has problems of another kind. */
export function quotaProblems(
  document: YamlDocument,
  project: Project | undefined,
  node: Node | undefined,
): readonly Problem[] {
  const { applications, quota } = soundParts.parse(document.value);
  const memory = applications.flatMap(({ resources }, index) => memoryProblems(document, resources, index));
  if (!node) return memory;
  const larger = (["cpu", "memory"] as const).flatMap((what) =>
    nodeProblems(document, { what, text: quota?.[what] }, node),
  );
  const projects = project && larger.length === 0 ? withEnvironments(project) : [];
  const demand = projects.flatMap((each) => demandProblems(document, each, node));
  return [...memory, ...larger, ...demand];
}

function memoryProblems(
  document: YamlDocument,
  resources: z.infer<typeof soundResources> | undefined,
  index: number,
): readonly Problem[] {
  if (!resources || quantity(resources.memory) <= quantity(resources.memoryLimit)) return [];
  return [
    {
      ...at({ document, path: ["applications", index, "resources", "memory"] }),
      problem: `a pod requests ${resources.memory}, and is stopped at ${resources.memoryLimit} already`,
      remedy: `set \`memoryLimit\` to at least ${resources.memory}, or \`memory\` to at most ${resources.memoryLimit}`,
    },
  ];
}

const formats = { cpu: formatCpu, memory: formatBytes } as const satisfies Record<keyof Amount, unknown>;

function nodeProblems(
  document: YamlDocument,
  { what, text }: { readonly what: keyof Amount; readonly text: string | undefined },
  node: Node,
): readonly Problem[] {
  const all = nodesTogether(node)[what];
  if (text === undefined || quantity(text) <= all) return [];
  const capacity = formats[what](all);
  return [
    {
      ...at({ document, path: ["quota", what] }),
      problem: `is ${text}, and the nodes have ${capacity} together`,
      remedy: `use at most ${capacity}, or correct \`idp:node\` of the platform`,
    },
  ];
}

/** What a quota counts, in the words of the report. */
const counted: readonly {
  readonly key: keyof QuotaAmount;
  readonly label: string;
  readonly format: (amount: number) => string;
  /** The field to raise. */
  readonly field: string;
  /** Why the quota is what it is, when the file does not say so. */
  readonly reason?: string;
}[] = [
  { key: "cpu", label: "CPU", format: formatCpu, field: "cpu" },
  { key: "memory", label: "memory", format: formatBytes, field: "memory" },
  {
    ...{ key: "memoryLimit", label: "memory limits", format: formatBytes, field: "memory" },
    reason: ` (${memoryOvercommit} times the memory)`,
  },
  { key: "pods", label: "pods", format: String, field: "pods" },
  { key: "storage", label: "volumes", format: formatBytes, field: "storage" },
];

/** Kubernetes would refuse the last pods or volumes, and say so only in events that nobody reads. */
function demandProblems(document: YamlDocument, project: Project, node: Node): readonly Problem[] {
  const quota = projectQuota(project, node);
  const demand = projectDemand(project);
  const exceeded = counted.filter(({ key }) => demand[key] > quota[key]);
  if (exceeded.length === 0) return [];
  const sums = exceeded.map(
    ({ key, label, format, reason = "" }) => `${label} ${format(demand[key])} of ${format(quota[key])}${reason}`,
  );
  const { environmentOf } = project;
  const who = environmentOf
    ? `the environment ${environmentOf.name} needs more than the quota`
    : "the project needs more than its quota";
  const fields = [...new Set(exceeded.map(({ field }) => `\`quota.${field}\``))].join(", ");
  return [
    {
      ...at({ document, path: ["quota"] }),
      problem: `${who} (an update starts one more pod of each application): ${sums.join(", ")}`,
      remedy: `raise ${fields}, or lower \`replicas\`, \`resources\` or \`size\``,
    },
  ];
}
