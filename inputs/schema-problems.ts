import { z } from "zod";
import type { Problem } from "../model/input-error";
import { foundText, mayHoldSecret, pathText } from "./found-value";
import { nearest } from "./nearest";
import { unknownKey } from "./unknown-key";
import type { YamlDocument } from "./yaml-nodes";

export type Checked<T> =
  { readonly success: true; readonly value: T } | { readonly success: false; readonly problems: readonly Problem[] };

type Issue = z.core.$ZodIssue;

/**
 * Parses with the messages that this program wants: a schema's own message is the remedy; where it has none, the remedy
 * is made of what zod reports.
 */
export function parseWithAdvice<T>(document: YamlDocument, schema: z.ZodType<T>): Checked<T> {
  const result = schema.safeParse(document.value, { error: schemaHint });
  if (result.success) return { success: true, value: result.data };
  const problems = result.error.issues.flatMap((issue) => issueProblems(document, issue));
  // A value that breaks several rules needs one line: its remedy says them all.
  const firsts = new Map<string | undefined, Problem>();
  for (const problem of problems) if (!firsts.has(problem.path)) firsts.set(problem.path, problem);
  return { success: false, problems: [...firsts.values()] };
}

/** What only the schema knows, handed on as the issue's message; empty where zod's issue says enough. */
function schemaHint(issue: z.core.$ZodRawIssue): string {
  const { inst } = issue;
  if (issue.code === "unrecognized_keys") return inst instanceof z.ZodObject ? Object.keys(inst.shape).join(" ") : "";
  if (issue.code !== "invalid_type" || !(inst instanceof z.ZodType)) return "";
  const description = z.globalRegistry.get(inst)?.description;
  if (issue.input === undefined) return description === undefined ? "add it" : `add it: ${description}`;
  return inst instanceof z.ZodObject ? `write \`key: value\` with the keys ${Object.keys(inst.shape).join(", ")}` : "";
}

function issueProblems(document: YamlDocument, issue: Issue): readonly Problem[] {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKeyProblem(document, [...path, key], message.split(" ").filter(Boolean)));
  }
  if (issue.code === "invalid_union" && message === "" && issue.errors.length > 0) {
    const inner = branchIssues(issue.errors).map((nested) => ({ ...nested, path: [...path, ...nested.path] }));
    return inner.flatMap((nested) => issueProblems(document, nested));
  }
  if (issue.code === "invalid_key") return [unusableName(document, issue)];
  const found = valueAt(document.value, path);
  const problem = found === undefined ? "is missing" : foundText(document, path, found);
  const where = { file: document.file, ...document.locate(path), path: pathText(path) };
  return [{ ...where, problem, remedy: message === "" ? remedy(document, issue, found) : message }];
}

/** A name that a person chose, such as a variable's. What stands at it is another matter, and may be a secret. */
function unusableName(document: YamlDocument, { path, issues }: z.core.$ZodIssueInvalidKey): Problem {
  const where = { file: document.file, ...document.locateKey(path), path: pathText(path) };
  return { ...where, problem: "is not a usable name", remedy: issues[0]?.message ?? "use another one" };
}

/** Of the ways in which a value may be written, the one that it comes nearest to. */
function branchIssues(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const mismatch = (issue: Issue) => issue.path.length === 0 && ["invalid_type", "invalid_value"].includes(issue.code);
  return branches.find((issues) => !issues.some(mismatch)) ?? branches.at(-1) ?? [];
}

function unknownKeyProblem(document: YamlDocument, path: readonly PropertyKey[], known: readonly string[]): Problem {
  const place = { file: document.file, ...document.locateKey(path), path: pathText(path) };
  return { ...place, ...unknownKey(String(path.at(-1)), known) };
}

function remedy(document: YamlDocument, issue: Issue, found: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return typeRemedy(document, issue, found);
    case "invalid_value":
      return choiceRemedy(document, issue, issue.values, found);
    case "invalid_union":
      return choiceRemedy(document, issue, "options" in issue ? (issue.options ?? []) : [], found);
    case "too_big":
      return `use at most ${amount(issue.maximum, issue.origin)}`;
    case "too_small":
      return `use at least ${amount(issue.minimum, issue.origin)}`;
    case "not_multiple_of":
      return `use a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `use text of the form ${issue.pattern ?? issue.format}`;
    case "unrecognized_keys":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "use another one";
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
  array: "a list (lines that start with `- `)",
  object: "`key: value` lines",
  record: "`key: value` lines",
};

function typeRemedy(document: YamlDocument, issue: z.core.$ZodIssueInvalidType, found: unknown): string {
  const { expected, path } = issue;
  const isScalar = typeof found === "number" || typeof found === "boolean";
  if (expected === "string" && isScalar) return `write ${assignment(document, path, found, '"')}`;
  const isNumber = typeof found === "string" && /^\d+$/.test(found) && ["number", "int"].includes(expected);
  if (isNumber) return `write ${assignment(document, path, found, "")}, without quotes`;
  return `use ${typeWords[expected] ?? expected}`;
}

type Choice = z.core.util.Primitive;

function choiceRemedy(document: YamlDocument, { path }: Issue, values: readonly Choice[], found: unknown): string {
  const source = document.source?.(path) ?? String(found);
  const isScalar = typeof found === "number" || typeof found === "boolean";
  if (isScalar && values.includes(source)) return `write ${assignment(document, path, found, '"')}`;
  const meant = typeof found === "string" ? nearest(found, values.map(String)) : undefined;
  const looksLikeNumber = (value: Choice) => typeof value === "string" && /^[\d.]+$/.test(value);
  const list = values.map((value) => (looksLikeNumber(value) ? `"${String(value)}"` : String(value))).join(", ");
  if (values.length === 1) return `use ${list}`;
  const isGuess = meant !== undefined && !values.some(looksLikeNumber);
  if (isGuess) return `did you mean \`${meant}\`? use one of ${list}`;
  const isExposed = found !== undefined && found !== null && mayHoldSecret(path);
  return `use one of ${list}${isExposed ? ", and revoke it if it was a real secret that was committed" : ""}`;
}

/** `version: "8.0"`, and in a list only the value. */
function assignment(document: YamlDocument, path: readonly PropertyKey[], found: unknown, quote: string): string {
  const key = path.at(-1);
  const value = mayHoldSecret(path) ? "..." : (document.source?.(path) ?? String(found));
  return `\`${typeof key === "string" ? `${key}: ` : ""}${quote}${value}${quote}\``;
}

const units: Readonly<Record<string, string>> = { string: "character", array: "item" };

/** Such as `1 character`, `2 items`, or the number alone. */
function amount(count: number | bigint, origin: string): string {
  const unit = units[origin];
  return unit === undefined ? String(count) : `${count} ${unit}${Number(count) === 1 ? "" : "s"}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (reached, key) =>
      typeof reached === "object" && reached !== null
        ? Object.getOwnPropertyDescriptor(reached, key)?.value
        : undefined,
    value,
  );
}
