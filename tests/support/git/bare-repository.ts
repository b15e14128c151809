import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file of a commit: its text, where a link leads, or the commit of a submodule. */
export type Entry = string | { readonly link: string } | { readonly submodule: string } | { readonly program: string };

export interface CommitArgs {
  readonly branch?: string;
  /** Added to those of the commit before. */
  readonly files?: Readonly<Record<string, Entry>>;
  /** The commit before; absent: the branch's newest; null: none, as after a forced push of another history. */
  readonly onto?: string | null;
}

/** A real repository as a server keeps it. */
export class BareRepository {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-git-"));
  readonly path = join(this.folder, "my-api.git");

  constructor() {
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", this.path]);
    // As GitHub: a history without its files, on request.
    this.git("config", "uploadpack.allowFilter", "true");
    this.git("config", "http.receivepack", "true");
  }

  /** Makes a commit the newest of a branch, and returns it. */
  commit({ branch = "main", files = { "a.txt": `${Math.random()}` }, onto }: CommitArgs = {}): string {
    const before = onto === undefined ? this.head(branch) : onto;
    const lines = [`commit refs/heads/${branch}`, "committer Ann <ann@example.com> 1700000000 +0000", "data 0"];
    if (before !== null && before !== "") lines.push(`from ${before}`);
    else this.git("update-ref", "-d", `refs/heads/${branch}`);
    const entries = Object.entries(files).map(([path, entry]) => change(path, entry));
    this.#fed([...lines, ...entries, ""].join("\n"), "fast-import", "--quiet", "--force");
    return this.head(branch);
  }

  /** Makes a commit of a tree as it is, with names that git itself would not write. */
  commitTree(entries: readonly string[], branch: string): string {
    const tree = this.#fed(entries.map((entry) => `${entry}\0`).join(""), "mktree", "-z");
    const commit = this.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit-tree", tree, "-m", "odd");
    this.git("update-ref", `refs/heads/${branch}`, commit);
    return commit;
  }

  blob(text: string): string {
    return this.#fed(text, "hash-object", "-w", "--stdin");
  }

  /** The newest commit of a branch; empty without one. */
  head(branch: string): string {
    return this.git("for-each-ref", "--format=%(objectname)", `refs/heads/${branch}`);
  }

  git(...args: readonly string[]): string {
    return this.#fed("", ...args);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #fed(input: string, ...args: readonly string[]): string {
    return execFileSync("git", ["-C", this.path, ...args], { encoding: "utf8", input }).trim();
  }
}

function change(path: string, entry: Entry): string {
  const name = JSON.stringify(path);
  if (typeof entry !== "string" && "submodule" in entry) return `M 160000 ${entry.submodule} ${name}`;
  const [mode, text] =
    typeof entry === "string"
      ? ["100644", entry]
      : "link" in entry
        ? ["120000", entry.link]
        : ["100755", entry.program];
  return `M ${mode} inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}`;
}
