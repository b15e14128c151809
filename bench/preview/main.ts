import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { GitHubStandIn } from "../../e2e/github/stand-in";
import { currentContext } from "../../e2e/support/environment";
import { makeInstalledPlatform } from "../../e2e/support/installed-platform";
import { localEngine } from "../../e2e/support/local-engine";
import { plannedComponents } from "../../e2e/support/planned";
import { Workplace } from "../../e2e/support/workplace";
import { formatBytes } from "../../model/quantity";
import { writeProjects } from "../generated-projects";
import { configMapProgram } from "./config-maps";
import { measurePreview, type PreviewMeasurement } from "./measure-preview";

const projects = 100;
const runs = 3;
const limit = 1.2;
const owner = "example";
const [platform, stack] = ["bench", "bench-projects"] as const;

/** A projects stack that was never brought up, with a GitHub that knows its owner. */
async function projectsWorkplace(gitHub: GitHubStandIn): Promise<Workplace> {
  const token = "github_pat_bench";
  gitHub.hosted.addAccount(owner, "Organization");
  gitHub.hosted.tokens.set(token, { owner, access: "write" });
  const workplace = new Workplace();
  for (const name of ["blog", "shop"]) workplace.removeProject(name);
  writeProjects(join(workplace.directory, "projects"), projects);
  await makeInstalledPlatform(workplace, platform);
  await workplace.stack(stack, {
    "idp:role": { value: "projects" },
    "idp:platform": { value: platform },
    // A preview goes on where no Vault answers.
    "idp:vaultAddress": { value: process.env["VAULT_ADDR"] ?? "http://127.0.0.1:1" },
    "idp:gitOps.owner": { value: owner },
    "idp:github.baseUrl": { value: gitHub.baseUrl },
    [`idp:githubTokens.${owner}`]: { value: token, secret: true },
  });
  return workplace;
}

/** Components count too: they are resources of the engine. */
function resourceCount(workplace: Workplace): number {
  const components = plannedComponents(workplace, stack);
  const parts = components.flatMap(({ resources }) => resources.map(({ part }) => part?.name));
  const own = components.reduce((sum, { resources }) => sum + resources.length + 1, 0);
  return own + new Set(parts.filter((part) => part !== undefined)).size;
}

function row(name: string, { wallSeconds, peakMemory }: PreviewMeasurement): readonly string[] {
  const memory = formatBytes(Math.round(peakMemory / 2 ** 20) * 2 ** 20);
  return [name, `${wallSeconds.toFixed(1)} s`, memory];
}

/** The run in the middle. */
function middle(all: readonly PreviewMeasurement[]): PreviewMeasurement {
  const sorted = [...all].sort((a, b) => a.wallSeconds - b.wallSeconds);
  return sorted[Math.floor(sorted.length / 2)] ?? { wallSeconds: Number.NaN, peakMemory: Number.NaN };
}

async function main(): Promise<void> {
  const gitHub = await GitHubStandIn.start();
  const workplace = await projectsWorkplace(gitHub);
  const resources = resourceCount(workplace);
  const maps = configMapProgram(resources, currentContext());
  try {
    const env = { ...process.env, ...localEngine(maps) };
    execFileSync("pulumi", ["stack", "init", "organization/maps/bench"], { cwd: maps, env, stdio: "ignore" });
    const measured: Record<"projects" | "maps", PreviewMeasurement[]> = { projects: [], maps: [] };
    for (let run = 0; run < runs; run += 1) {
      measured.maps.push(await measurePreview(maps, "bench", "maps"));
      measured.projects.push(await measurePreview(workplace.directory, stack, "idp"));
    }
    report(resources, middle(measured.projects), middle(measured.maps));
  } finally {
    await gitHub.stop();
    workplace.remove();
    rmSync(maps, { recursive: true, force: true });
  }
}

function report(resources: number, own: PreviewMeasurement, bare: PreviewMeasurement): void {
  const table = new Table({
    head: [`${resources} resources`, "wall", "peak memory of the program"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "right"],
  });
  table.push([...row(`${projects} projects`, own)], [...row("bare ConfigMaps", bare)]);
  const ratio = own.wallSeconds / bare.wallSeconds;
  const budget = `at most ${limit} times the same number of bare ConfigMaps`;
  const verdict = `${budget}: ${ratio <= limit ? "yes" : "no"} (${ratio.toFixed(2)} times)`;
  process.stdout.write(`pulumi preview, median of ${runs} runs each\n${table.toString()}\n${verdict}\n`);
  process.exitCode = ratio <= limit ? 0 : 1;
}

void main();
