import { type Command, CommanderError } from "commander";
import { UsageError } from "./usage-error";

/**
 * Lets a command read its words from the command line. A string is the help that was asked for; what it cannot read is a
 * UsageError. `mistake` says in other words what commander says.
 */
export function readOptions(
  command: Command,
  argv: readonly string[],
  mistake: (error: CommanderError) => string = plainMistake,
): string | undefined {
  let help = "";
  command
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined, getOutHelpWidth: () => 80 });
  try {
    command.parse([...argv], { from: "user" });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    throw new UsageError(`${mistake(error)}; see \`${command.name()} --help\``);
  }
}

export function plainMistake({ message }: CommanderError): string {
  return message.replace(/^error: /, "").replace(/\.$/, "");
}
