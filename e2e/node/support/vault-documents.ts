import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "..", "docs");

/** The commands that a document gives below a heading, one text for each block. */
export function documentedCommands(file: string, heading: string): readonly string[] {
  const section = readFileSync(join(folder, file), "utf8").split(`\n## ${heading}\n`)[1]?.split("\n## ")[0];
  const blocks = [...(section ?? "").matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines = ""]) => lines);
  if (blocks.length === 0) throw new Error(`docs/${file} has no commands below "${heading}"`);
  return blocks;
}

/** The only line of such commands that has a text in it. */
export function documentedLine(commands: readonly string[], text: string): string {
  const found = commands.flatMap((block) => block.split("\n")).filter((line) => line.includes(text));
  const [line] = found;
  if (line === undefined || found.length > 1) throw new Error(`${found.length} lines of the document have "${text}"`);
  return line;
}
