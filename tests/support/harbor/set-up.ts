import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Project } from "../../../model/project";
import { planRegistry } from "../../../plan/projects/registry";
import { at } from "../at";
import { manifestsOf, someCluster } from "../some-project";

export const adminPassword = "Canary-admin-1";
export const robotPassword = "Canary-robot-1";

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null;
  /** What it printed, by line. */
  readonly lines: readonly string[];
  /** What it complained about. */
  readonly complaint: string;
}

export interface SetUpArgs {
  readonly project: Project;
  readonly url: string;
  /** Variables that are not as the Job has them. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly passwords?: { readonly admin?: string; readonly robot?: string };
}

/** Runs a project's Job on this machine: its command, its arguments and its variables, with files in the place of the Secrets. */
export async function setUp({ project, url, environment = {}, passwords = {} }: SetUpArgs): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "idp-test-"));
  const [admin, robot] = [join(folder, "admin"), join(folder, "robot")];
  writeFileSync(admin, passwords.admin ?? adminPassword);
  writeFileSync(robot, passwords.robot ?? robotPassword);
  const here = { HARBOR_URL: url, WAIT_SECONDS: "10", ADMIN_PASSWORD_FILE: admin, ROBOT_PASSWORD_FILE: robot };
  try {
    const { args, variables } = jobContainer(project);
    return await run(args, { ...variables, ...here, ...environment });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The one container of a project's Job. */
export function jobContainer(project: Project) {
  const [job] = manifestsOf(planRegistry(project, someCluster).resources, "Job");
  const container = at(job, "manifest", "spec", "template", "spec", "containers", 0);
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const variables = list(at(container, "env")).map(
    (entry) => [String(at(entry, "name")), String(at(entry, "value"))] as const,
  );
  return {
    command: list(at(container, "command")),
    args: list(at(container, "args")).map(String),
    variables: Object.fromEntries(variables),
  };
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.out += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.err += part));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, lines: text.out.split("\n").filter((line) => line !== ""), complaint: text.err.trim() });
    });
  });
}
