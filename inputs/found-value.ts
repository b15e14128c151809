import type { YamlDocument } from "./yaml-nodes";

/** Longest part of a value that a message shows. */
const shownLength = 60;

/** `applications.0.port` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

/** What stands at a path, for a person: `is "Shop"`, `is the number 8.0`, `is empty`. Never a secret. */
export function foundText(document: YamlDocument, path: readonly PropertyKey[], found: unknown): string {
  if (found === null) return "is empty";
  if (Array.isArray(found)) return "is a list";
  if (typeof found === "object") return "holds `key: value` lines";
  if (typeof found !== "string" && typeof found !== "number" && typeof found !== "boolean") return "is no plain data";
  if (mayHoldSecret(path)) return "has a value that cannot be used";
  if (typeof found === "string") return `is ${shownText(found)}`;
  const source = shortened(document.source?.(path) ?? String(found));
  return typeof found === "number" ? `is the number ${source}` : `is ${source}`;
}

/** A text in quotes, so much of it as a message has room for, without credentials that show themselves. */
export function shownText(text: string): string {
  return JSON.stringify(shortened(withoutCredentials(text)));
}

/** Whether the value below this path could be one that nobody may read. */
export function mayHoldSecret(path: readonly PropertyKey[]): boolean {
  return path.some((key) => /secret|password|token|credential|private/i.test(String(key)));
}

/**
 * A password in an address, and tokens that say by their start what they are. A password may hold any character, so that
 * all up to the last `@` goes.
 */
function withoutCredentials(text: string): string {
  return text.replace(/:(\/\/)?[^]*@/, ":$1...@").replace(/\b(gh[a-z]|github_pat|hvs|hvb)[_.]\w+/g, "$1...");
}

function shortened(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}...` : text;
}
