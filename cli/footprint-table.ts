import Table from "cli-table3";
import type { Amount } from "../model/node-capacity";
import { formatBytes, formatCpu } from "../model/quantity";
import { type Footprint, percentOf } from "../plan/footprint";
import type { ClusterPlan } from "../plan/stack-plan";
import type { Page } from "./page";
import { counted } from "./text-layout";

/** Requests by component and project, their sum, and what is left of the nodes. */
export function footprintTable(page: Page, plan: ClusterPlan, footprint: Footprint): readonly string[] {
  const { sum, capacity, left } = footprint;
  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], "padding-left": 2, "padding-right": 0 },
    colAligns: ["left", "right", "right", "right"],
  });
  const nodes = counted(plan.node.count, "node");
  table.push(
    ["", "pods", "CPU", "memory"].map(page.palette.quiet),
    ...footprint.rows.map((row) => [row.name, String(row.pods), ...amountText(row)]),
    ["sum", String(sum.pods), ...amountText(sum)].map(page.palette.title),
    [
      `of ${nodes} (${amountText(capacity).join(", ")})`,
      "",
      `${percentOf(sum.cpu, capacity.cpu)} %`,
      `${percentOf(sum.memory, capacity.memory)} %`,
    ],
    ["left for you", "", ...amountText(left)],
  );
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

function amountText({ cpu, memory }: Amount): readonly string[] {
  return [formatCpu(cpu), memory === 0 ? "0" : formatBytes(memory)];
}

const noBorders = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);
