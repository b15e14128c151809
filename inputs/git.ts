import { execFileSync } from "node:child_process";
import { RevisionError } from "./revision-error";

/** One name in a folder of a revision. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: "file" | "link" | "folder" | "other";
  /** Object that git stores it as. */
  readonly object: string;
  /** Bytes; 0 for folders. */
  readonly size: number;
}

const entryPattern = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s;
const kinds: Readonly<Record<string, TreeEntry["kind"]>> = {
  "040000": "folder",
  "100644": "file",
  "100664": "file",
  "100755": "file",
  "120000": "link",
};

/** Tree of a commit, tag or branch. Throws a RevisionError when there is none. */
export function revisionTree(folder: string, ref: string): string {
  if (ref.startsWith("-")) throw new RevisionError(`"${ref}" is not a git revision; name a branch, a tag or a commit`);
  try {
    return git(folder, ["rev-parse", "--verify", "--quiet", `${ref}^{tree}`])
      .toString("utf8")
      .trim();
  } catch (error) {
    if (error instanceof RevisionError) throw error;
    throw new RevisionError(
      `git knows no revision "${ref}"; name a branch, a tag or a commit, and fetch it first if the clone is shallow`,
    );
  }
}

/** Path of a folder below the root of its repository: empty, or ending in `/`. Throws a RevisionError outside of one. */
export function folderInRepository(folder: string): string {
  try {
    return git(folder, ["rev-parse", "--show-prefix"]).toString("utf8").replace(/\n$/, "");
  } catch (error) {
    if (error instanceof RevisionError) throw error;
    throw new RevisionError(`${folder} is not in a git repository that can be read (${firstLine(error)})`);
  }
}

export function treeEntries(folder: string, tree: string): readonly TreeEntry[] {
  const listing = git(folder, ["ls-tree", "-z", "-l", "--full-tree", tree]).toString("utf8");
  return listing.split("\0").flatMap((line) => {
    const [, mode, object, size, name] = entryPattern.exec(line) ?? [];
    if (mode === undefined || object === undefined || name === undefined) return [];
    return [{ name, object, kind: kinds[mode] ?? "other", size: size === "-" ? 0 : Number(size) }];
  });
}

/** Content of files, in their order, by one process. */
export function blobs(folder: string, files: readonly TreeEntry[]): readonly Uint8Array[] {
  if (files.length === 0) return [];
  const answer = git(folder, ["cat-file", "--batch"], files.map(({ object }) => `${object}\n`).join(""));
  let offset = 0;
  return files.map(({ object, name, size }) => {
    const start = answer.indexOf("\n", offset) + 1;
    const header = answer.toString("latin1", offset, start);
    if (header !== `${object} blob ${size}\n`) throw new RevisionError(`git does not hold the content of ${name}`);
    offset = start + size + 1;
    return Uint8Array.from(answer.subarray(start, start + size));
  });
}

/** Without a shell. */
function git(folder: string, args: readonly string[], input = ""): Buffer {
  try {
    return execFileSync("git", ["--no-replace-objects", "--no-optional-locks", "-C", folder, ...args], {
      input,
      maxBuffer: 1024 ** 3,
      stdio: ["pipe", "pipe", "pipe"],
    });
  } catch (error) {
    if (hasCode(error) && error.code === "ENOENT") {
      throw new RevisionError("git is not installed, and --against reads the revision with it; install git");
    }
    throw error;
  }
}

function hasCode(error: unknown): error is { readonly code: unknown } {
  return typeof error === "object" && error !== null && "code" in error;
}

function firstLine(error: unknown): string {
  const text = typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : String(error);
  return text.trim().split("\n")[0] ?? "";
}
