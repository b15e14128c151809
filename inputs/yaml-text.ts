import type { Problem } from "../model/input-error";

/** Longest file that is read. A hundred applications take about 30 KiB. */
export const maxFileBytes = 256 * 1024;

export type YamlText = { readonly text: string } | { readonly problem: Problem };

/** A file's bytes as text. A byte order mark is left out, as every editor does. */
export function decodeYaml(file: string, bytes: Uint8Array): YamlText {
  if (bytes.length > maxFileBytes) return { problem: tooLarge(file, bytes.length) };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const control = controlCharacter(file, text);
    return control ? { problem: control } : { text };
  } catch {
    return { problem: { ...firstBadByte(file, bytes), problem: "is not UTF-8 text", remedy: "save it as UTF-8" } };
  }
}

export function tooLarge(file: string, size: number): Problem {
  const limit = maxFileBytes / 1024;
  return {
    file,
    problem: `has ${Math.ceil(size / 1024)} KiB, and ${limit} KiB are read at most`,
    remedy: "split it, or move out what does not belong into it",
  };
}

// Allowed are tab, line feed and carriage return. Source: YAML 1.2.2, section 5.1.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function controlCharacter(file: string, text: string): Problem | undefined {
  const found = controlCharacters.exec(text);
  if (!found) return undefined;
  const code = found[0].charCodeAt(0).toString(16).padStart(4, "0");
  return {
    file,
    ...positionInText(text, found.index),
    problem: `has the control character U+${code.toUpperCase()}`,
    remedy: "remove it",
  };
}

function firstBadByte(file: string, bytes: Uint8Array): Pick<Problem, "file" | "line" | "column"> {
  const text = new TextDecoder("utf-8").decode(bytes);
  return { file, ...positionInText(text, Math.max(text.indexOf("\uFFFD"), 0)) };
}

/** 1-based, columns counted in characters. */
export function positionInText(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: Array.from(before.slice(lineStart)).length + 1 };
}
