import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A real git repository as GitHub would serve it, and a place where somebody works on it. */
export class SourceRepository {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-sweep-"));
  readonly #bare = join(this.folder, "served.git");
  readonly #work = join(this.folder, "work");

  constructor() {
    this.#git(this.folder, "init", "--quiet", "--bare", this.#bare);
    // As GitHub: a part of the history, and no content of files, on request.
    this.#git(this.#bare, "config", "uploadpack.allowFilter", "true");
    this.#git(this.folder, "init", "--quiet", "--initial-branch=main", this.#work);
  }

  /** Address that honours a depth, unlike a path. */
  get address(): string {
    return `file://${this.#bare}`;
  }

  /** Path of what is served. */
  get path(): string {
    return this.#bare;
  }

  /** Commits files to the branch that is checked out, and returns the commit. */
  commit(files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#work, name)), { recursive: true });
      writeFileSync(join(this.#work, name), text);
    }
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "a change");
    return this.git("rev-parse", "HEAD");
  }

  /** Many commits at once, each with another content of the file. */
  commitMany(count: number, file: string): void {
    const head = this.git("rev-parse", "HEAD");
    const commits = Array.from({ length: count }, (_, index) => {
      const text = `${index}`;
      const from = index === 0 ? `from ${head}\n` : "";
      return `commit refs/heads/main\ncommitter a <a@example.com> ${1_700_000_000 + index} +0000\ndata 0\n${from}M 644 inline ${file}\ndata ${text.length}\n${text}\n`;
    });
    execFileSync("git", ["-C", this.#work, "fast-import", "--quiet", "--force"], { input: commits.join("") });
    this.git("reset", "--quiet", "--hard", "main");
  }

  push(branch = "main"): void {
    this.git("push", "--quiet", "--force", this.#bare, `HEAD:refs/heads/${branch}`);
  }

  git(...args: readonly string[]): string {
    return this.#git(this.#work, ...args);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #git(folder: string, ...args: readonly string[]): string {
    const person = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    return execFileSync("git", ["-C", folder, ...person, ...args], { encoding: "utf8" }).trim();
  }
}
