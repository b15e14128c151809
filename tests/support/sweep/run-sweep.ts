import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../../plan/program-files";
import { sweepList, type SweptApplication } from "../../../plan/projects/builds/sweep-list";

export interface Run {
  readonly code: number | null;
  readonly out: readonly string[];
  readonly err: string;
}

/** Folder of one run of a sweep, as its pod would have it. */
export function sweepFolder(applications: readonly SweptApplication[]): string {
  const folder = mkdtempSync(join(tmpdir(), "idp-sweep-run-"));
  for (const name of ["work", "keys", "webhook-secrets"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "applications"), sweepList(applications));
  for (const key of new Set(applications.map(({ key }) => key))) {
    writeFileSync(join(folder, "keys", key), "a key", { mode: 0o400 });
    writeFileSync(join(folder, "webhook-secrets", key), webhookSecret(key));
  }
  return folder;
}

export function webhookSecret(key: string): string {
  return `secret of ${key}`;
}

/** What the first program found, each line by its fields. */
export function foundIn(folder: string): readonly (readonly string[])[] {
  const text = readFileSync(join(folder, "work", "heads"), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

/** Runs the program that finds commits; `shell` is the command of a shell and what it needs to be one. */
export function findHeads(folder: string, given: { shell?: readonly string[]; env?: NodeJS.ProcessEnv } = {}) {
  const { shell: [command = "sh", ...args] = ["sh"], env = { GIT_ALLOW_PROTOCOL: "file" } } = given;
  return run(command, [...args, "-c", programs.sweepHeads], {
    PATH: process.env["PATH"],
    APPLICATIONS: join(folder, "applications"),
    WORK: join(folder, "work"),
    KEYS: join(folder, "keys"),
    KNOWN_HOSTS: join(folder, "known_hosts"),
    ...env,
  });
}

/** Runs the program that asks the registry and sends pushes. */
export function sendPushes(folder: string, env: Readonly<Record<string, string>>): Promise<Run> {
  return run(process.execPath, ["--input-type=module", "--eval", programs.sweep], {
    PATH: process.env["PATH"],
    APPLICATIONS: join(folder, "applications"),
    WORK: join(folder, "work"),
    WEBHOOK_SECRETS: join(folder, "webhook-secrets"),
    DOCKER_CONFIG: folder,
    ...env,
  });
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.out += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.err += part));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, out: text.out.split("\n").filter((line) => line !== ""), err: text.err.trim() });
    });
  });
}
