import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, runScript, shells } from "../git/run-script";
import type { ServerProgram } from "../vault-life/server-program";

/** Whether commands can be run at a terminal here: by `script` of util-linux. */
export function hasTerminal(): boolean {
  const { stdout } = spawnSync("script", ["--version"], { encoding: "utf8" });
  return typeof stdout === "string" && stdout.includes("util-linux");
}

/** Where a person types commands of Vault: with the variables that `npm run with-vault` sets, and a home of their own. */
export class CommandLine {
  readonly home = mkdtempSync(join(tmpdir(), "idp-test-home-"));
  readonly #bin = join(this.home, "bin");

  constructor(readonly program: ServerProgram) {
    mkdirSync(this.#bin);
    symlinkSync(program.path, join(this.#bin, program.command));
  }

  run(command: string, address: string, token: string): Promise<Ended> {
    return runScript(this.#own(command), this.#environment(address, token));
  }

  /** At a terminal, at which `typed` is entered when the command asks for something. */
  runAtTerminal(command: string, address: string, token: string, typed: string): Promise<Ended> {
    const environment = { ...this.#environment(address, token), COMMAND: this.#own(command), TYPED: typed };
    const [shell] = shells;
    return runScript(`printf '%s\\n' "$TYPED" | script -qec "$COMMAND" /dev/null`, environment, shell);
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }

  /** As the documents say: with OpenBao `bao` stands where a command says `vault`. */
  #own(command: string): string {
    return command.replace(/^vault /, `${this.program.command} `);
  }

  #environment(VAULT_ADDR: string, VAULT_TOKEN: string): Readonly<Record<string, string>> {
    return { PATH: this.#bin, HOME: this.home, VAULT_ADDR, VAULT_TOKEN };
  }
}
