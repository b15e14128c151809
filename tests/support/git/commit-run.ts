import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../../plan/program-files";
import { type Ended, runScript, type Shell } from "./run-script";

export type Variables = Readonly<Record<string, string>>;

/** Folders of one run of check.sh or checkout.sh, as its pod would have them. */
export class CommitRun {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-commit-"));
  readonly workspace = this.#made("workspace");
  readonly results = this.#made("results");
  /** Where the scripts keep what they throw away. */
  readonly scratch = this.#made("scratch");

  check(variables: Variables, shell?: Shell): Promise<Ended> {
    return this.#run(programs.check, variables, shell);
  }

  checkout(variables: Variables, shell?: Shell): Promise<Ended> {
    return this.#run(programs.checkout, variables, shell);
  }

  /** What check.sh wrote; undefined where it wrote nothing. */
  result(name: "decision" | "pushed"): string | undefined {
    const file = join(this.results, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(text: string, variables: Variables, shell: Shell | undefined): Promise<Ended> {
    const usual = { BRANCH: "main", PUSHED: "", SSH_KEY_FILE: "", KNOWN_HOSTS_FILE: "", RETRY_PAUSES: "0 0 0" };
    const folders = { TMPDIR: this.scratch, RESULTS: this.results, WORKSPACE: this.workspace };
    return runScript(text, { ...usual, ...folders, ...variables }, shell);
  }

  #made(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }
}
