import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Release } from "../../../model/release-file";
import { programs } from "../../../plan/program-files";
import { BareRepository, type Entry } from "../git/bare-repository";
import { type Ended, runScript, type Shell } from "../git/run-script";

export const commitOf = (digit: string) => digit.repeat(40);
export const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;

/** The release that tests start from. */
export const someRelease: Release = {
  ...{ registryHost: "harbor.lab.example", project: "shop", application: "api" },
  ...{ digest: digestOf("a"), commit: commitOf("1"), pushed: 1_700_000_000 },
};

export interface Released extends Ended {
  readonly outcome: string | undefined;
  readonly description: string | undefined;
}

/** A GitOps repository with the applications `shop/api` and `shop/web`, and releases into it. */
export class GitOpsRun {
  readonly repository = new BareRepository();
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-release-"));
  #runs = 0;

  constructor(files: Readonly<Record<string, Entry>> = {}) {
    const own = {
      "apps/shop/api/application.yaml": "kind: Deployment\n",
      "apps/shop/web/application.yaml": "kind: Deployment\n",
    };
    this.repository.commit({ files: { "README.md": "What runs.\n", ...own, ...files } });
  }

  /** One run of the program as its pod has it; `variables` are those that differ. */
  async release(
    change: Partial<Release> = {},
    variables: Readonly<Record<string, string>> = {},
    shell?: Shell,
  ): Promise<Released> {
    const [results, scratch] = [this.#made("results"), this.#made("scratch")];
    const env = { ...this.#environment({ ...someRelease, ...change }), TMPDIR: scratch, RESULTS: results };
    const ended = await runScript(programs.release, { ...env, ...variables }, shell);
    const result = (name: string) => {
      const file = join(results, name);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    };
    return { ...ended, outcome: result("outcome"), description: result("description") };
  }

  /** CI's file of an application; empty without one. */
  file(application = "api"): string {
    const path = `apps/shop/${application}/kustomization.yaml`;
    return this.repository.git("ls-tree", "--name-only", "main", path) === ""
      ? ""
      : `${this.repository.git("show", `main:${path}`)}\n`;
  }

  /** Subjects of the commits after the first, newest first. */
  get subjects(): readonly string[] {
    const lines = this.repository.git("log", "--format=%s", "--min-parents=1", "main").split("\n");
    return lines.filter((line) => line !== "");
  }

  /** Files that any commit after the first has touched. */
  get changed(): readonly string[] {
    const names = this.repository.git("log", "--format=", "--name-only", "--max-parents=1", "--min-parents=1", "main");
    return [...new Set(names.split("\n").filter((name) => name !== ""))].sort();
  }

  remove(): void {
    this.repository.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment({ registryHost, project, application, digest, commit, pushed }: Release) {
    return {
      ...{ GITOPS: `file://${this.repository.path}`, GITOPS_BRANCH: "main", SSH_KEY_FILE: "", KNOWN_HOSTS_FILE: "" },
      ...{ PROJECT: project, APPLICATION: application, IMAGE: `${registryHost}/${project}/${application}` },
      ...{ COMMIT: commit, DIGEST: digest, PUSHED: String(pushed), PINNED: "", PAUSE: "0" },
    };
  }

  #made(name: string): string {
    this.#runs += 1;
    const folder = join(this.folder, `${name}-${this.#runs}`);
    mkdirSync(folder);
    return folder;
  }
}
