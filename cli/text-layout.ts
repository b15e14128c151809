import { stripVTControlCharacters } from "node:util";

/** Where a paragraph stands on the page. */
export interface Layout {
  /** Characters of a line; only a single word that is longer passes it. */
  readonly width: number;
  /** Before the first line. */
  readonly first: string;
  /** Before every other line. */
  readonly rest: string;
}

/** Breaks a paragraph at its spaces. Colours count nothing. */
export function wrap(text: string, { width, first, rest }: Layout): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ").filter((part) => part !== "")) {
    if (!empty && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].map((whole) => whole.replaceAll(glue, " "));
}

const glue = "\u00a0";

/** Words that stay on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", glue);
}

/** Characters that a terminal shows. */
export function visibleLength(text: string): number {
  return text.includes("\u001b") ? stripVTControlCharacters(text).length : text.length;
}

/** One thing and many of it: `1 pod`, `3 pods`, `2 addresses`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
const colour = /\u001b\[\d+m/g;

/**
 * Text for a terminal. Names and branches come from files of many people, so every control character but line ends and
 * colours is shown as `?`.
 */
export function printable(text: string): string {
  const colours = text.match(colour) ?? [];
  return text
    .split(colour)
    .map((part, index) => part.replace(controls, "?") + (colours[index] ?? ""))
    .join("");
}
