import { posix, relative, resolve, sep } from "node:path";
import { InputError, type Problem } from "../model/input-error";
import type { ClusterFiles } from "./cluster-files";
import { blobs, folderInRepository, revisionTree, type TreeEntry, treeEntries } from "./git";
import { RevisionError } from "./revision-error";
import type { SourceFile, SourceFiles } from "./source-files";
import { stackOfFile } from "./stack-file";
import { maxFileBytes, tooLarge } from "./yaml-text";

/** The files of a git revision, as `readClusterFiles` reads those of the working tree. */
export function readClusterFilesAt(root: string, ref: string): ClusterFiles {
  const prefix = folderInRepository(root);
  const revision: Revision = { root, tree: revisionTree(root, ref) };
  const folder = entriesBelow(revision, prefix);
  const entries = folder.filter(({ name }) => stackOfFile(name) !== undefined);
  const problems = entries.flatMap((entry) => entryProblems(entry.name, entry));
  if (problems.length > 0) throw new InputError(problems);
  return {
    stackFiles: contents(revision, "", entries),
    problems: [],
    projectFiles: (directory) => projectFilesAt(revision, prefix, directory),
  };
}

interface Revision {
  readonly root: string;
  readonly tree: string;
}

/** Nothing when the folder did not exist yet. */
function projectFilesAt(revision: Revision, prefix: string, directory: string): SourceFiles {
  const name = relative(revision.root, resolve(revision.root, directory)).split(sep).join("/");
  const path = posix.normalize(posix.join(prefix, name));
  if (path === ".." || path.startsWith("../") || posix.isAbsolute(path)) {
    throw new RevisionError(`${directory} lies outside of the git repository, so there is no earlier revision of it`);
  }
  const entries = entriesBelow(revision, path).filter((entry) => /^[^.].*\.yaml$/.test(entry.name));
  const problems = entries.flatMap((entry) => entryProblems(posix.join(name, entry.name), entry));
  return { files: contents(revision, name, entries), problems };
}

/** Walks folder by folder, so that a symbolic link on the way is seen and not followed. */
function entriesBelow({ root, tree }: Revision, path: string): readonly TreeEntry[] {
  let entries = treeEntries(root, tree);
  for (const segment of path.split("/").filter((part) => part !== "" && part !== ".")) {
    const entry = entries.find(({ name }) => name === segment);
    if (entry?.kind === "link") throw new InputError([linkProblem(path)]);
    if (entry?.kind !== "folder") return [];
    entries = treeEntries(root, entry.object);
  }
  return entries;
}

function entryProblems(file: string, { kind, size }: TreeEntry): readonly Problem[] {
  if (kind === "link") return [linkProblem(file)];
  return kind === "file" && size > maxFileBytes ? [tooLarge(file, size)] : [];
}

/** Git stores where a link leads, and that may be anywhere. */
function linkProblem(file: string): Problem {
  return { file, problem: "is a symbolic link, which is not followed", remedy: "put the file itself there" };
}

/** Of the regular files among the entries, sorted by name as git lists them. */
function contents({ root }: Revision, folder: string, entries: readonly TreeEntry[]): readonly SourceFile[] {
  const files = entries.filter(({ kind, size }) => kind === "file" && size <= maxFileBytes);
  const bytes = blobs(root, files);
  return files.map(({ name }, index) => ({
    file: posix.join(folder, name),
    bytes: bytes[index] ?? new Uint8Array(),
  }));
}
