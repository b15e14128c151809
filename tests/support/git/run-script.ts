import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a run of a script ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  /** All that it complained of. */
  readonly err: string;
  /** The last line of that: what a person reads first. */
  readonly sentence: string;
}

/** A shell that scripts are run by, with the folders where it looks for programs. */
export interface Shell {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly path: string;
}

const path = process.env["PATH"] ?? "";

/** Shells of this machine that are like those of the images. */
export const shells: readonly Shell[] = [plain("sh"), plain("dash"), busybox()].filter((shell) => shell !== undefined);

/** The one that is most like that of the images: their `sh` is busybox. */
export const likeImages: Shell = shells.at(-1) ?? { name: "sh", command: ["sh"], path };

/** Runs a script as its pod does, as one text, with no other variables than those and the path, and in its TMPDIR. */
export function runScript(
  text: string,
  env: Readonly<Record<string, string>>,
  { command: [command, ...args], path }: Shell = likeImages,
): Promise<Ended> {
  const { PATH: first, ...rest } = env;
  const full = { PATH: first === undefined ? path : `${first}:${path}`, ...rest };
  return ended(command, [...args, "-c", text], full);
}

/** Runs a program of Node as its pod does. */
export function runModule(text: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return ended(process.execPath, ["--input-type=module", "--eval", text], { PATH: path, ...env });
}

function ended(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd: env["TMPDIR"] ?? tmpdir(), stdio: ["ignore", "pipe", "pipe"] });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.out += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.err += part));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, ...text, sentence: text.err.trimEnd().split("\n").at(-1) ?? "" });
    });
  });
}

function plain(name: string): Shell | undefined {
  return isThere(name) ? { name, command: [name], path } : undefined;
}

/** With its own sed, tr and the like, as Alpine has them. */
function busybox(): Shell | undefined {
  if (!isThere("busybox")) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "idp-test-busybox-"));
  const program = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
  const wanted = ["base64", "basename", "cat", "date", "dirname", "grep", "ls", "mktemp", "readlink", "rm", "sed"];
  for (const name of [...wanted, "sleep", "tail", "tee", "tr"]) symlinkSync(program, join(folder, name));
  process.once("exit", () => {
    rmSync(folder, { recursive: true });
  });
  return { name: "busybox sh", command: ["busybox", "sh"], path: `${folder}:${path}` };
}

function isThere(name: string): boolean {
  try {
    execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
