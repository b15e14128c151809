import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../../plan/program-files";
import { type Ended, runModule } from "../git/run-script";

export const accountToken = "canary.of.the-account";

/** A volume of snapshots, and runs of the program that makes them. */
export class BackupRun {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-snapshots-"));
  readonly #files = mkdtempSync(join(tmpdir(), "idp-test-backup-"));

  /** What is on the volume. */
  get names(): readonly string[] {
    return readdirSync(this.folder).sort();
  }

  content(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  /** A file beside the volume, as a Secret or a token is one in the pod. */
  file(name: string, text: string): string {
    const path = join(this.#files, name);
    writeFileSync(path, text);
    return path;
  }

  place(name: string, content = ""): void {
    writeFileSync(join(this.folder, name), content);
  }

  environment(VAULT_ADDR: string, changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    return {
      VAULT_ADDR,
      VAULT_AUTH: "kubernetes",
      VAULT_ROLE: "idp-backup",
      TOKEN_FILE: this.file("token", accountToken),
      FOLDER: this.folder,
      KEEP: "3",
      WAIT_SECONDS: "0",
      ...changes,
    };
  }

  run(address: string, changes: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return runModule(programs.vaultBackup, this.environment(address, changes));
  }

  /** MiB of memory that a run takes at most. */
  async memory(address: string): Promise<number> {
    // Not the system's own maximum, which begins with that of the process that starts it.
    const sample = "let peak = 0; setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5).unref();";
    const program = [sample, programs.vaultBackup, 'console.log("peak", peak);'].join("\n");
    const { out, err } = await runModule(program, this.environment(address));
    const [, peak] = /^peak (\d+)$/m.exec(out) ?? [];
    if (peak === undefined || err !== "") throw new Error(`the run failed: ${err}`);
    return Number(peak) / 1024 / 1024;
  }

  remove(): void {
    for (const folder of [this.folder, this.#files]) rmSync(folder, { recursive: true });
  }
}
