import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { releaseTemplateName } from "../../model/pipeline-names";
import { releaseNamespace } from "../../model/repository-names";
import { exists, getObject, secretData } from "./kubectl";

const step = z.looseObject({
  name: z.string(),
  volumes: z.array(z.object({ name: z.string(), secret: z.object({ secretName: z.string() }).optional() })).default([]),
  container: z
    .object({
      command: z.array(z.string()).min(1),
      args: z.array(z.string()),
      env: z.array(z.object({ name: z.string(), value: z.string() })),
      volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
    })
    .optional(),
});
const templates = z.object({ templates: z.array(step) });

export interface StepEnd {
  readonly code: number | null;
  readonly out: string;
  /** The sentence that it leaves for GitHub; empty: none. */
  readonly description: string;
}

/**
 * Runs a step of releases on this machine: command, variables and Secrets are those of the template that the API server has,
 * and each volume is a folder. `values` are the parameters.
 */
export async function runReleaseStep(name: string, values: Readonly<Record<string, string>>): Promise<StepEnd> {
  const { templates: all } = templates.parse(
    getObject("workflowtemplate", releaseTemplateName, releaseNamespace)["spec"],
  );
  const found = all.find((template) => template.name === name);
  if (!found?.container) throw new Error(`the template ${releaseTemplateName} has no step ${name}`);
  const root = mkdtempSync(join(tmpdir(), "idp-e2e-step-"));
  try {
    const { command, args, env, volumeMounts } = found.container;
    for (const mount of volumeMounts) fill(join(root, mount.mountPath), secretOf(found, mount.name));
    const given = env.map(
      ({ name: key, value }) => [key, inFolder(filled(value, values), root, volumeMounts)] as const,
    );
    const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
    const ended = await run([...command, ...args], { PATH: path, ...Object.fromEntries(given) });
    const left = join(root, "results", "description");
    return { ...ended, description: existsSync(left) ? readFileSync(left, "utf8") : "" };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Name of the Secret behind a volume; none: the volume is empty. */
function secretOf({ volumes }: z.infer<typeof step>, volume: string): string | undefined {
  return volumes.find((candidate) => candidate.name === volume)?.secret?.secretName;
}

function fill(folder: string, secret: string | undefined): void {
  mkdirSync(folder, { recursive: true });
  // A chat's webhook is not set here, and its volume is optional.
  const data =
    secret === undefined || !exists("secret", secret, releaseNamespace) ? {} : secretData(secret, releaseNamespace);
  for (const [key, text] of Object.entries(data)) writeFileSync(join(folder, key), text);
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(?:workflow|inputs)\.parameters\.([a-z-]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the step asks for ${name}`);
    return value;
  });
}

function inFolder(value: string, root: string, mounts: readonly { readonly mountPath: string }[]): string {
  const inside = mounts.some(({ mountPath }) => value === mountPath || value.startsWith(`${mountPath}/`));
  return inside ? join(root, value) : value;
}

function run(
  [command = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Pick<StepEnd, "code" | "out">> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => parts.push(part));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, out: parts.join("") });
    });
  });
}
