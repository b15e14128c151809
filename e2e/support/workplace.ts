import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConfigMap, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { fullStackName, localEngine } from "./local-engine";

const root = join(__dirname, "..", "..");

/** What the program needs at its side. Configuration files and state stay in the folder of the run. */
const linked = ["Pulumi.yaml", "index.ts", "node_modules", "package.json", "tsconfig.json"];

export interface StackOptions {
  /** What is run instead of the project's own program. */
  readonly program?: PulumiFn;
  /** Variables of the engine's environment, beside its own. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A folder with a backend of its own, so that a run touches neither the repository nor anybody's state. */
export class Workplace {
  readonly directory = mkdtempSync(join(tmpdir(), "idp-e2e-"));

  /** `projects` is a folder of project files, from the root of the repository; the run works on a copy. */
  constructor(projects = "tests/example/projects") {
    for (const name of linked) symlinkSync(join(root, name), join(this.directory, name));
    cpSync(join(root, projects), join(this.directory, "projects"), { recursive: true });
    mkdirSync(join(this.directory, "state"));
  }

  async stack(name: string, config: ConfigMap, { program, variables = {} }: StackOptions = {}): Promise<Stack> {
    const [stackName, workDir] = [fullStackName(name), this.directory];
    const options = { envVars: { ...localEngine(workDir), ...variables } };
    const stack = program
      ? await LocalWorkspace.createOrSelectStack({ stackName, projectName: "idp", program }, { ...options, workDir })
      : await LocalWorkspace.createOrSelectStack({ stackName, workDir }, options);
    await stack.setAllConfig(config, true);
    return stack;
  }

  readProject(name: string): string {
    return readFileSync(this.#projectFile(name), "utf8");
  }

  writeProject(name: string, text: string): void {
    writeFileSync(this.#projectFile(name), text);
  }

  removeProject(name: string): void {
    rmSync(this.#projectFile(name));
  }

  #projectFile(name: string): string {
    return join(this.directory, "projects", `${name}.yaml`);
  }

  /** What `pulumi stack export` prints. The Automation API would ask for the secrets in clear. */
  exportStack(name: string): unknown {
    return JSON.parse(this.#pulumi("stack", "export", "--stack", fullStackName(name)));
  }

  /** Takes the protection from every resource of a stack, as a person would who means it. */
  unprotect(name: string): void {
    this.#pulumi("state", "unprotect", "--all", "--yes", "--stack", fullStackName(name));
  }

  /** The same for those whose logical names start alike, as docs/runbook.md says. */
  unprotectBelow(name: string, start: string): void {
    const stack = ["--stack", fullStackName(name)];
    const urns = this.#pulumi("stack", "--show-urns", ...stack).match(/urn:pulumi:\S+/g) ?? [];
    const found = urns.filter((urn) => urn.split("::").at(-1)?.startsWith(start));
    this.#pulumi("state", "unprotect", ...found, "--yes", ...stack);
  }

  #pulumi(...args: readonly string[]): string {
    const env = { ...process.env, ...localEngine(this.directory) };
    return execFileSync("pulumi", [...args], { cwd: this.directory, env, encoding: "utf8", maxBuffer: 2 ** 28 });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
