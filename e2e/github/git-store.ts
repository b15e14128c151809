import { createHash } from "node:crypto";

/** Who made a commit. */
export interface GitAuthor {
  readonly name: string;
  readonly email: string;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitAuthor;
  readonly date: Date;
  readonly message: string;
  /** Every file of that state, by path. */
  readonly files: ReadonlyMap<string, string>;
}

export interface NewCommit {
  readonly branch: string;
  readonly author: GitAuthor;
  readonly message: string;
  /** Content by path; `null` removes the file. */
  readonly changes: Readonly<Record<string, string | null>>;
}

/** What is in a repository: commits that never change, and branches that name one each. Ids are those that Git computes. */
export class GitStore {
  readonly #commits = new Map<string, GitCommit>();
  readonly #branches = new Map<string, string>();

  get branches(): readonly string[] {
    return [...this.#branches.keys()];
  }

  commit({ branch, author, message, changes }: NewCommit): GitCommit {
    const parent = this.head(branch);
    const files = new Map(parent?.files);
    for (const [path, content] of Object.entries(changes)) {
      if (content === null) files.delete(path);
      else files.set(path, content);
    }
    const parents = parent ? [parent.sha] : [];
    const tree = treeSha(files);
    const date = new Date();
    const sha = commitSha({ tree, parents, author, date, message });
    const made: GitCommit = { sha, tree, parents, author, date, message, files };
    this.#commits.set(sha, made);
    this.#branches.set(branch, sha);
    return made;
  }

  /** The branch with all that is on it, under another name. */
  rename(branch: string, name: string): void {
    const sha = this.#branches.get(branch);
    if (sha === undefined) throw new Error(`there is no branch ${branch}`);
    this.#branches.delete(branch);
    this.#branches.set(name, sha);
  }

  /** The newest commit of a branch; none while it does not exist. */
  head(branch: string): GitCommit | undefined {
    return this.find(this.#branches.get(branch) ?? "");
  }

  find(sha: string): GitCommit | undefined {
    return this.#commits.get(sha);
  }

  /** The commits of a branch, newest first. */
  history(branch: string): readonly GitCommit[] {
    const commits: GitCommit[] = [];
    for (let commit = this.head(branch); commit; commit = this.find(commit.parents[0] ?? "")) commits.push(commit);
    return commits;
  }
}

/** Git's id of a file's content. */
export function blobSha(content: string): string {
  return gitSha("blob", Buffer.from(content));
}

function treeSha(files: ReadonlyMap<string, string>): string {
  const folders = new Map<string, Map<string, string>>();
  const entries: { readonly name: string; readonly mode: string; readonly sha: string }[] = [];
  for (const [path, content] of files) {
    const [name = "", ...rest] = path.split("/");
    if (rest.length === 0) entries.push({ name, mode: "100644", sha: blobSha(content) });
    else folders.set(name, new Map(folders.get(name)).set(rest.join("/"), content));
  }
  for (const [name, content] of folders) entries.push({ name, mode: "40000", sha: treeSha(content) });
  // Git sorts a folder as if its name ended with a slash.
  const key = ({ name, mode }: { readonly name: string; readonly mode: string }) =>
    mode === "40000" ? `${name}/` : name;
  const parts = entries
    .sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))))
    .flatMap(({ name, mode, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, "hex")]);
  return gitSha("tree", Buffer.concat(parts));
}

function commitSha({ tree, parents, author, date, message }: Omit<GitCommit, "sha" | "files">): string {
  const who = `${author.name} <${author.email}> ${Math.floor(date.getTime() / 1000)} +0000`;
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${who}`, `committer ${who}`];
  return gitSha("commit", Buffer.from(`${lines.join("\n")}\n\n${message}`));
}

function gitSha(type: string, content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}
