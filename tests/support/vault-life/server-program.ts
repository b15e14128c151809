import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { VaultServerSettings } from "../../../model/vault-server-settings";

export type Distribution = VaultServerSettings["distribution"];

export const distributions = ["vault", "openbao"] as const satisfies readonly Distribution[];

/** What is called in a command line, and the variable that names another file for it. */
const programs = {
  vault: { title: "Vault", command: "vault", variable: "VAULT_BINARY" },
  openbao: { title: "OpenBao", command: "bao", variable: "OPENBAO_BINARY" },
} as const;

/** The program of a distribution on this machine: server and command line in one. */
export interface ServerProgram {
  readonly distribution: Distribution;
  /** Such as `OpenBao`. */
  readonly title: string;
  /** What a person calls it by, such as `bao`. */
  readonly command: string;
  /** Its file. */
  readonly path: string;
}

/** That which the variable names, that of the path, or that of the testbed. Where there is none, it says so. */
export function serverProgram(distribution: Distribution): ServerProgram | undefined {
  const { title, command, variable } = programs[distribution];
  const path = fileOf(command, variable);
  if (path !== undefined) return { distribution, title, command, path };
  process.stdout.write(`  left out: there is no program \`${command}\` here; name one in ${variable}\n`);
  return undefined;
}

/** The program of Vault on this machine. */
export function vaultBinary(): string | undefined {
  const { command, variable } = programs.vault;
  return fileOf(command, variable);
}

function fileOf(command: string, variable: string): string | undefined {
  const testbed = process.env["TESTBED_HOME"] ?? join(homedir(), ".cache", "testbed");
  const found = [process.env[variable], onPath(command), join(testbed, "bin", command)];
  return found.find((file) => file !== undefined && existsSync(file));
}

function onPath(command: string): string | undefined {
  try {
    return execFileSync("sh", ["-c", 'command -v "$1"', "sh", command], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
