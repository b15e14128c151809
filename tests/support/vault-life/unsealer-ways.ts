import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A shell and a wget to run the unsealer with. */
export interface Way {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Folders of programs; with busybox they hold nothing else than what the unsealer needs. */
  readonly path: string;
}

const path = process.env["PATH"] ?? "";

/** It needs nothing but a shell and Node. */
export const wayOfNode: Way = withNode();

/** With a real wget of this machine; the last one is the most like the images of Vault and OpenBao. */
export const waysOfMachine: readonly Way[] = [withGnu(), withBusybox()].filter((way) => way !== undefined);

export const likeVaultsImage: Way = waysOfMachine.at(-1) ?? wayOfNode;

function withNode(): Way {
  const folder = programFolder();
  const wget = join(folder, "wget");
  writeFileSync(wget, `#!/bin/sh\nexec "${process.execPath}" "${join(__dirname, "wget-stand-in.mjs")}" "$@"\n`);
  chmodSync(wget, 0o755);
  return { name: "sh and a stand-in of wget", command: ["sh"], path: `${folder}:${path}` };
}

function withGnu(): Way | undefined {
  if (!said("wget", "--version").includes("GNU Wget")) return undefined;
  const shell = said("dash", "-c", "echo yes") === "yes\n" ? "dash" : "sh";
  return { name: `${shell} and GNU wget`, command: [shell], path };
}

function withBusybox(): Way | undefined {
  const needed = ["wget", "timeout", "sleep", "cat", "rm"];
  const there = said("busybox", "--list").split("\n");
  if (!["sh", ...needed].every((name) => there.includes(name))) return undefined;
  const folder = programFolder();
  const program = said("sh", "-c", "command -v busybox").trim();
  for (const name of needed) symlinkSync(program, join(folder, name));
  return { name: "busybox alone", command: [program, "sh"], path: folder };
}

function programFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "idp-test-wget-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Nothing where the program is missing. */
function said(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}
