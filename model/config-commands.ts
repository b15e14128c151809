import { configNamespace } from "./config-keys";
import type { ProjectsSecretKey } from "./projects-settings";

/** A command that sets one key. */
export interface SetCommand {
  /** Name of the stack, without which Pulumi takes the one that was selected last. */
  readonly stack: string;
  /** Full key, such as `idp:domain`, `idp:node.memory` or `idp:giveUp[0]`. */
  readonly key: string;
  /** Absent for a secret: Pulumi asks for it, so that no shell keeps it. */
  readonly value?: string;
}

/** How a plain key is set, for a message. */
export function setCommand({ stack, key, value = "VALUE" }: SetCommand): string {
  return `\`pulumi config set ${keyWords(key)} ${shellWord(value)} --stack ${shellWord(stack)}\``;
}

/** How a secret key is set, for a message; `from` is the name of a file that holds it. */
export function setSecretCommand({ stack, key }: Omit<SetCommand, "value">, from?: string): string {
  const input = from === undefined ? "" : ` < ${from}`;
  return `\`pulumi config set --secret ${keyWords(key)} --stack ${shellWord(stack)}${input}\``;
}

/** An owner on GitHub, as the configuration of a stack names it. */
export interface ConfiguredOwner {
  /** Name of the stack. */
  readonly stack: string;
  readonly owner: string;
}

/** How one owner's part of a secret key is set, for a message. The private key of an App has several lines: it is in a file. */
export function ownerCommand(key: string, { stack, owner }: ConfiguredOwner): string {
  const inFile: ProjectsSecretKey = "githubAppKeys";
  return setSecretCommand({ stack, key: `${configNamespace}:${key}.${owner}` }, key === inFile ? "FILE" : undefined);
}

/** How a key is removed that stands in the stack's file just as it is called, dots included. */
export function removeCommand({ stack, key }: Omit<SetCommand, "value">): string {
  return `\`pulumi config rm ${shellWord(key)} --stack ${shellWord(stack)}\``;
}

/** Without `--path` Pulumi would take a dot for a letter of the name. */
function keyWords(key: string): string {
  return `${/[.[]/.test(key) ? "--path " : ""}${shellWord(key)}`;
}

/** One word of a shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w.:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
