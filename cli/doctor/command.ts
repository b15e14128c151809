import { Command } from "commander";
import { readOptions } from "../read-options";

/** What the command line asks for. */
export interface DoctorCommand {
  /** Name of the platform stack; absent: the only one. */
  readonly platform?: string;
}

const explanation = `
It asks Vault without a token (VAULT_ADDR, or the address of the stack files),
and the cluster by kubectl. Of Secrets it asks whether they are there.

Exit codes:
  0  all is well
  1  something is wrong or could not be seen, or the configuration has errors
  2  the command line cannot be used`;

/** Reads the command line. A string is the help that was asked for. */
export function readDoctorCommand(argv: readonly string[]): DoctorCommand | string {
  const command = new Command("npm run doctor --")
    .description("Says how the Vault of the cluster is, and what to do about what is wrong.")
    .option("--platform <name>", "platform stack of the cluster, where there are several")
    .addHelpText("after", explanation);
  return readOptions(command, argv) ?? command.opts<DoctorCommand>();
}
