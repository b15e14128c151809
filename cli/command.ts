import { Command, type CommanderError } from "commander";
import { plainMistake, readOptions } from "./read-options";
import { UsageError } from "./usage-error";

/** What the command line asks for. */
export interface PlanCommand {
  readonly stack: string;
  /** Folder of the project files; absent: the one of the stack's configuration. */
  readonly projects?: string;
  readonly json: boolean;
  /** Folder for the manifests. */
  readonly out?: string;
  /** Git revision to compare with. */
  readonly against?: string;
  /** Ask Vault which secrets people have entered. */
  readonly vault: boolean;
}

/** Also in docs/plan.md. */
export const exitCodes = { fine: 0, input: 1, usage: 2, dataLoss: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const explanation = `
Exit codes:
  0  fine
  1  the configuration or a project file has errors
  2  the command line cannot be used
  3  with --against: a change destroys data

Examples:
  npm start
  npm run --silent plan -- --json > plan.json
  npm run plan -- --out out/manifests
  npm run plan -- --against main
  npm run with-vault -- npm run plan -- --vault`;

/** Reads the command line. A string is the help that was asked for. */
export function readCommand(argv: readonly string[]): PlanCommand | string {
  const command = new Command("npm run plan --")
    .description(
      "Shows what the stacks of a cluster would make. Needs no cluster, no login and no network (but for --vault).",
    )
    .option("--stack <name>", "stack to plan; a platform stack brings those that name it", "homelab")
    .option("--projects <dir>", "folder of the project files (default: the one in the stack's configuration)")
    .option("--json", "print the plan as JSON", false)
    .option("--out <dir>", "also write every manifest, chart value and file of the GitOps repository below this folder")
    .option("--against <ref>", "print what changes from this git revision, and mark data loss")
    .option("--vault", "ask the Vault of VAULT_ADDR, with VAULT_TOKEN, what people have yet to enter", false)
    .addHelpText("after", explanation);
  const help = readOptions(command, argv, mistake);
  if (help !== undefined) return help;
  return checked(command.opts<PlanCommand>());
}

/** A word that belongs to no flag is mostly the value of a flag that npm has kept. */
function mistake(error: CommanderError): string {
  if (error.code !== "commander.excessArguments") return plainMistake(error);
  return "too many arguments; npm takes flags before `--` for its own, so write such as `npm start -- --against HEAD`";
}

/** `--out ""` would mean the working directory; what people have entered is no part of the documents for programs. */
function checked(command: PlanCommand): PlanCommand {
  for (const option of ["stack", "projects", "out", "against"] as const) {
    if (command[option] === "") throw new UsageError(`--${option} is empty; see \`npm run plan -- --help\``);
  }
  if (command.vault && (command.json || command.against !== undefined)) {
    throw new UsageError("--vault goes with the text of the plan, not with --json or --against");
  }
  return command;
}
