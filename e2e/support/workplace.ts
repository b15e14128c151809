import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConfigMap, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";

const root = join(__dirname, "..", "..");

/** What the program needs at its side. Configuration files and state stay in the folder of the run. */
const linked = ["Pulumi.yaml", "index.ts", "node_modules", "package.json", "tsconfig.json"];

/** A folder with a backend of its own, so that a run touches neither the repository nor anybody's state. */
export class Workplace {
  readonly directory = mkdtempSync(join(tmpdir(), "idp-e2e-"));

  constructor() {
    for (const name of linked) symlinkSync(join(root, name), join(this.directory, name));
    symlinkSync(join(root, "tests", "example", "projects"), join(this.directory, "projects"));
    mkdirSync(join(this.directory, "state"));
  }

  async stack(name: string, config: ConfigMap): Promise<Stack> {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: fullName(name), workDir: this.directory },
      { envVars: this.#environment() },
    );
    await stack.setAllConfig(config, true);
    return stack;
  }

  /** What `pulumi stack export` prints. The Automation API would ask for the secrets in clear. */
  exportStack(name: string): unknown {
    return JSON.parse(this.#pulumi("stack", "export", "--stack", fullName(name)));
  }

  /** Takes the protection from every resource of a stack, as a person would who means it. */
  unprotect(name: string): void {
    this.#pulumi("state", "unprotect", "--all", "--yes", "--stack", fullName(name));
  }

  #pulumi(...args: readonly string[]): string {
    const env = { ...process.env, ...this.#environment() };
    return execFileSync("pulumi", [...args], { cwd: this.directory, env, encoding: "utf8", maxBuffer: 2 ** 28 });
  }

  #environment(): Record<string, string> {
    return {
      PULUMI_BACKEND_URL: `file://${join(this.directory, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase for one run",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Names of stacks on a backend of one's own have this organization. */
function fullName(name: string): string {
  return `organization/idp/${name}`;
}
