import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { OutputFile } from "./manifest-files";
import { UsageError } from "./usage-error";

/** Lists the files that this program wrote, so that the next run removes them and nothing else. */
const markerName = ".idp-plan";

const markerTitle = "# Written by the offline plan, which removes these files before it writes them again.";

/**
 * Writes the files into a folder that is absent, empty or written by an earlier run, whose files it removes first. Follows
 * no symbolic link and overwrites nothing of others.
 */
export function writeOutput(directory: string, files: readonly OutputFile[]): void {
  try {
    prepare(directory);
    const marker = [markerTitle, ...files.map(({ path }) => path).sort(), ""].join("\n");
    for (const { path, content } of [{ path: markerName, content: marker }, ...files]) {
      makeFolders(directory, path);
      // `wx` neither overwrites a file nor follows a link.
      writeFileSync(join(directory, path), content, { flag: "wx" });
    }
  } catch (error) {
    throw asUsageError(error, directory);
  }
}

function prepare(directory: string): void {
  const kind = kindOf(directory);
  if (kind === "absent") {
    makeFolder(resolve(directory));
    return;
  }
  if (kind !== "folder") throw new UsageError(`${directory} is not a folder; name a new or an empty one`);
  const entries = readdirSync(directory);
  if (entries.includes(markerName)) removeOldFiles(directory);
  else if (entries.length > 0) {
    throw new UsageError(`${directory} holds files that this program did not write; name a new or an empty folder`);
  }
}

/** One by one: Node's own `recursive` never returns where the system denies that a parent exists, as below `/proc`. */
function makeFolder(path: string): void {
  if (kindOf(dirname(path)) === "absent") makeFolder(dirname(path));
  mkdirSync(path);
}

function removeOldFiles(directory: string): void {
  const marker = join(directory, markerName);
  if (kindOf(marker) !== "file") throw new UsageError(`${marker} is not a file; name a new or an empty folder`);
  const listed = readFileSync(marker, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const folders = new Set<string>();
  for (const path of listed.filter(isOurs)) {
    const parents = parentsOf(path);
    if (parents.some((parent) => kindOf(join(directory, parent)) !== "folder")) continue;
    if (kindOf(join(directory, path)) === "file") unlinkSync(join(directory, path));
    for (const parent of parents) folders.add(parent);
  }
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length).map((folder) => join(directory, folder));
  for (const folder of deepestFirst) if (readdirSync(folder).length === 0) rmdirSync(folder);
  unlinkSync(marker);
}

/** Only paths as this program writes them: a marker that was tampered with must not lead outside. */
function isOurs(path: string): boolean {
  return path.split("/").every((segment) => /^[A-Za-z0-9._-]+$/.test(segment) && !/^\.+$/.test(segment));
}

/** `a/b/c.yaml` is in `a` and `a/b`. */
function parentsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parentsOf(parent), parent];
}

function makeFolders(directory: string, path: string): void {
  for (const parent of parentsOf(path)) {
    const folder = join(directory, parent);
    const kind = kindOf(folder);
    if (kind === "absent") mkdirSync(folder);
    else if (kind !== "folder") throw new UsageError(`${folder} is not a folder; remove it or name another one`);
  }
}

/** Of the entry itself, not of what a symbolic link points to. */
function kindOf(path: string): "absent" | "file" | "folder" | "other" {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return "absent";
  if (stats.isDirectory()) return "folder";
  return stats.isFile() ? "file" : "other";
}

function asUsageError(error: unknown, directory: string): unknown {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return error;
  if (error.code === "EEXIST") {
    return new UsageError(`${directory} holds files of others where new ones belong; name another folder`);
  }
  return new UsageError(`cannot write ${directory}: ${error.message}`);
}
