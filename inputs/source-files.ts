import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import type { Problem } from "../model/input-error";
import { defaultProjectsFolder } from "../model/projects-settings";
import { maxFileBytes, tooLarge } from "./yaml-text";

/** One file, from the disk or from a git revision. */
export interface SourceFile {
  /** As the person sees it, such as `projects/shop.yaml`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface SourceFiles {
  /** Sorted by name. */
  readonly files: readonly SourceFile[];
  /** Files that could not be read. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the project files of a folder. The folder is relative to `root`, and messages name it as it was given. The default
 * one may be absent, since git keeps no empty folder.
 */
export function readProjectsDirectory(directory: string, root = "."): SourceFiles {
  try {
    const path = resolve(root, directory);
    const isOptional = path === resolve(root, defaultProjectsFolder);
    if (isOptional && lstatSync(path, { throwIfNoEntry: false }) === undefined) return { files: [], problems: [] };
    const folder = realpathSync(path);
    const names = readdirSync(folder)
      .filter((name) => !name.startsWith(".") && name !== "README.md")
      .sort();
    const outcomes = names.map((name) => readProjectFile(folder, posix.join(directory, name), name));
    return {
      files: outcomes.flatMap((outcome) => ("bytes" in outcome ? [outcome] : [])),
      problems: outcomes.flatMap((outcome) => ("bytes" in outcome ? [] : [outcome])),
    };
  } catch (error) {
    return { files: [], problems: [folderProblem(directory, error)] };
  }
}

function readProjectFile(folder: string, file: string, name: string): SourceFile | Problem {
  const entry = readEntry(folder, name, file, "put each project's file directly into the folder above it");
  return "problem" in entry || name.endsWith(".yaml") ? entry : strangeFile(file, name);
}

/**
 * Reads one entry of a folder, whatever it is; `file` is its name in messages, `folderRemedy` what to do when it is a
 * folder.
 */
export function readEntry(folder: string, name: string, file: string, folderRemedy: string): SourceFile | Problem {
  try {
    const path = realpathSync(join(folder, name));
    if (leaves(folder, path)) return outsideProblem(file);
    const entry = statSync(path);
    if (entry.isDirectory()) return { file, problem: "is a folder", remedy: folderRemedy };
    // Anything else, such as a named pipe, could keep the reader waiting for ever.
    if (!entry.isFile()) return { file, problem: "is no regular file", remedy: "replace it by one, or remove it" };
    return entry.size > maxFileBytes ? tooLarge(file, entry.size) : { file, bytes: readFileSync(path) };
  } catch (error) {
    return { file, problem: `cannot be read (${errorCode(error)})`, remedy: "repair or remove it" };
  }
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === ".." || way.startsWith(`..${sep}`);
}

function outsideProblem(file: string): Problem {
  const problem = "is a symbolic link that leads out of the folder";
  return { file, problem, remedy: "put the file itself here, so that a review sees what it says" };
}

function strangeFile(file: string, name: string): Problem {
  const match = /^(.+)\.(ya?ml|json)$/i.exec(name);
  const remedy = match && match[2] !== "json" ? `rename it to \`${match[1] ?? ""}.yaml\`` : "move it out of the folder";
  return { file, problem: "is not a project file: those end in `.yaml`", remedy };
}

function folderProblem(directory: string, error: unknown): Problem {
  const code = errorCode(error);
  const remedy = "name a folder of project files, in the config key `idp:projects` or by `--projects`";
  if (code === "ENOENT") return { file: directory, problem: "does not exist", remedy };
  if (code === "ENOTDIR") return { file: directory, problem: "is not a folder", remedy };
  return { file: directory, problem: `cannot be read (${code})`, remedy };
}

/** Such as `EACCES`. What is no error of the operating system is a bug, and no problem of the person. */
function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}
