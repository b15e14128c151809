import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { formatBytes } from "../model/quantity";
import { type Result, verdicts } from "./budgets";
import { writeProjects } from "./generated-projects";
import { measure, median } from "./measure";

const sizes = [1, 10, 100, 1000] as const;
const runs = 3;
const root = join(__dirname, "..");

function measureSize(projects: number, directory: string): Result {
  writeProjects(directory, projects);
  const program = join(root, "cli", "main.ts");
  const all = Array.from({ length: runs }, () => measure(root, program, ["--projects", directory]));
  return { projects, ...median(all) };
}

function resultTable(results: readonly Result[]): string {
  const table = new Table({
    head: ["projects", "wall", "CPU", "peak memory"],
    style: { head: [], border: [], compact: true },
    colAligns: ["right", "right", "right", "right"],
  });
  for (const { projects, wallSeconds, cpuSeconds, peakMemory } of results) {
    const memory = formatBytes(Math.round(peakMemory / 2 ** 20) * 2 ** 20);
    table.push([projects, `${wallSeconds.toFixed(2)} s`, `${cpuSeconds.toFixed(2)} s`, memory]);
  }
  return table.toString();
}

const temporary = mkdtempSync(join(tmpdir(), "idp-bench-"));
try {
  const results = sizes.map((size) => measureSize(size, join(temporary, String(size))));
  const judged = verdicts(results);
  const lines = judged.map(({ budget, met, measured }) => `${budget}: ${met ? "yes" : "no"} (${measured})`);
  process.stdout.write(`Offline plan, median of ${runs} runs\n${resultTable(results)}\n${lines.join("\n")}\n`);
  process.exitCode = judged.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
