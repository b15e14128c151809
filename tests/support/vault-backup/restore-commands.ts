import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The document that a person follows. */
export const restoreDocument = document("vault-restore.md");

/** What is run with a token below a heading of the document, such as `vault operator raft snapshot restore "$HOME/vault.snap"`. */
export function documentedCommand(heading: string): string {
  const [, section = ""] = restoreDocument.split(`## ${heading}\n`);
  const [, command] = /^npm run with-vault -- (vault operator .*)$/m.exec(section) ?? [];
  if (command === undefined) throw new Error(`nothing is restored below ${heading}`);
  return command;
}

/** What is run with a token to make a root token: the start, the entry of a key, and what shows it. */
export function rootTokenCommands(): readonly string[] {
  const commands = /^npm run with-vault -- (vault operator generate-root\b.*?)(?: +#.*)?$/gm;
  return [...document("vault.md").matchAll(commands)].map(([, command = ""]) => command);
}

function document(name: string): string {
  return readFileSync(join(__dirname, "..", "..", "..", "docs", name), "utf8");
}
