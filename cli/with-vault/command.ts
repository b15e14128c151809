import { Command } from "commander";
import { readOptions } from "../read-options";

/** What the command line asks for. */
export interface WithVaultCommand {
  /** The command and its arguments. */
  readonly words: readonly [string, ...(readonly string[])];
  /** Name of the platform stack; absent: the only one. */
  readonly platform?: string;
}

const explanation = `
It sets VAULT_ADDR, VAULT_TOKEN, VAULT_CACERT and NODE_EXTRA_CA_CERTS; what is
set already stays as it is.
The token: the bootstrap token while the cluster has it, otherwise one that is
made for the command by the rights of your kubeconfig, and revoked after it.

Exit codes: those of COMMAND; before it runs
  1    the configuration has errors, or Vault or the cluster does not let you in
  2    the command line cannot be used
  127  there is no such COMMAND

Examples:
  npm run with-vault -- pulumi up --stack homelab-vault
  npm run with-vault -- npm run plan -- --vault
  npm run with-vault -- vault kv list -mount=idp projects`;

/** Reads the command line. A string is the help that was asked for. What follows COMMAND is its own, also what looks like an option. */
export function readWithVaultCommand(argv: readonly string[]): WithVaultCommand | string {
  const command = new Command("npm run with-vault --")
    .description("Runs a command that talks to the Vault of the cluster.")
    .argument("<command...>", "the command, and its arguments")
    .option("--platform <name>", "platform stack of the cluster, where there are several")
    .passThroughOptions()
    .addHelpText("after", explanation);
  const help = readOptions(command, argv);
  if (help !== undefined) return help;
  const [first = "", ...rest] = command.args;
  return { words: [first, ...rest], ...command.opts<Pick<WithVaultCommand, "platform">>() };
}
