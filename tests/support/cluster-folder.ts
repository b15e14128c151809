import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Io, run } from "../../cli/run";

/** What a run of the offline plan printed. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The configuration of a small cluster and one project, in a folder of its own. */
export class ClusterFolder {
  readonly path = mkdtempSync(join(tmpdir(), "idp-test-"));

  constructor(files: Readonly<Record<string, string>> = exampleFiles) {
    for (const [file, content] of Object.entries(files)) this.write(file, content);
  }

  write(file: string, content: string): void {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  remove(file: string): void {
    rmSync(join(this.path, file), { recursive: true });
  }

  /** Makes the folder a git repository whose branch `main` is what it holds now. */
  commit(): void {
    if (!existsSync(join(this.path, ".git"))) this.git("init", "--quiet", "--initial-branch=main");
    this.git("add", "--all");
    this.git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=state");
  }

  git(...args: readonly string[]): string {
    // No configuration of the person who runs the tests, such as a signing key or a hook.
    const environment = { PATH: process.env["PATH"] ?? "", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    return execFileSync("git", args, { cwd: this.path, env: environment, encoding: "utf8" });
  }

  /** Runs the offline plan in this process. */
  plan(argv: readonly string[] = [], changes: Partial<Io> = {}): Outcome {
    const texts = { stdout: "", stderr: "" };
    const code = run(argv, {
      stdout: (text) => (texts.stdout += text),
      stderr: (text) => (texts.stderr += text),
      columns: 80,
      colour: false,
      cwd: this.path,
      debug: false,
      ...changes,
    });
    return { code, ...texts };
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A project with one application and one database; `database` changes fields of the database. */
export function projectText(database: Readonly<Record<string, string>> = {}, application = "port: 8080"): string {
  const fields = { name: "mysql", type: "mysql", version: '"8.0"', size: "5Gi", ...database };
  const entries = Object.entries(fields).map(([key, value]) => `${key}: ${value}`);
  return [
    "applications:",
    `  - {name: api, git: {type: github, owner: myorg, repo: my-api}, domains: [api.example.com], ${application}}`,
    "databases:",
    `  - {${entries.join(", ")}}`,
    "",
  ].join("\n");
}

export const exampleFiles: Readonly<Record<string, string>> = {
  "Pulumi.homelab.yaml": "config:\n  idp:role: platform\n  idp:domain: lab.example\n",
  "Pulumi.homelab-vault.yaml": "config:\n  idp:role: vault\n  idp:platform: homelab\n",
  "Pulumi.homelab-projects.yaml":
    "config:\n  idp:role: projects\n  idp:platform: homelab\n  idp:gitOps: {owner: myorg}\n",
  "projects/shop.yaml": projectText(),
};
