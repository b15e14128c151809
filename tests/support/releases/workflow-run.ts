import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { isJsonObject, toJson } from "../../../model/json";
import type { PlannedGitHubFile } from "../../../plan/planned-github";
import { at } from "../at";
import type { Ended } from "../git/run-script";

/** What GitHub knows when it runs a workflow, by the expressions that ask for it. */
export type Context = Readonly<Record<string, string>>;

/** Every step of a workflow that is a command line, and those that are an action. */
export function stepsOf(workflow: unknown): readonly unknown[] {
  const jobs = at(workflow, "jobs");
  return Object.values(typeof jobs === "object" && jobs !== null ? jobs : {}).flatMap((job: unknown) => {
    const steps: unknown = at(job, "steps");
    const list: readonly unknown[] = Array.isArray(steps) ? steps : [];
    return list;
  });
}

/** The value of a field with GitHub's expressions put in, which are names of the context here. */
export function evaluated(text: unknown, context: Context): string {
  return String(text).replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, name: string) => {
    const value = context[name];
    if (value === undefined) throw new Error(`the workflow asks for ${name}`);
    return value;
  });
}

/** A folder with the files of the repository, as an action leaves it for the steps that follow. */
export function checkOut(files: readonly PlannedGitHubFile[], folder: string): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Runs the command line of the workflow in that folder as GitHub's runner does: by bash. */
export function runWorkflow(folder: string, context: Context): Promise<Ended> {
  const workflow: unknown = parse(readFileSync(join(folder, ".github/workflows/release.yaml"), "utf8"));
  const step = stepsOf(workflow).find((candidate) => at(candidate, "run") !== undefined);
  const given = toJson(at(step, "env"));
  const env = Object.entries(isJsonObject(given) ? given : {}).map(([name, value]) => [
    name,
    evaluated(value, context),
  ]);
  const summary = join(folder, "summary");
  const full: NodeJS.ProcessEnv = { PATH: process.env["PATH"], GITHUB_STEP_SUMMARY: summary };
  for (const [name = "", value] of env) full[name] = value;
  return bash(evaluated(at(step, "run"), context), folder, full);
}

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["--noprofile", "--norc", "-e", "-c", script], { cwd, env });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.out += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.err += part));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, ...text, sentence: text.err.trimEnd().split("\n").at(-1) ?? "" });
    });
  });
}
