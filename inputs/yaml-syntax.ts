import { type Document, isAlias, isMap, isScalar, Lexer, type Pair, visit, type YAMLError } from "yaml";
import type { Problem } from "../model/input-error";
import { positionInText } from "./yaml-text";
import { keyText, type YamlNodes } from "./yaml-nodes";

type Advice = Pick<Problem, "problem" | "remedy">;
type Finding = Advice & { readonly offset: number };

/** Deeper than any file needs. The parser recurses, and the process would die of a file that nests without end. */
const maxDepth = 100;

/** A file that nests too deep to be parsed. */
export function depthProblem(file: string, text: string): Problem | undefined {
  let flow = 0;
  let block = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") flow += 1;
    else if (token === "]" || token === "}") flow -= 1;
    else if (token === "-" || token === "?") block += 1;
    else if (token.includes("\n")) block = 0;
    if (flow > maxDepth || block > maxDepth) {
      const problem = `is nested deeper than ${maxDepth} levels`;
      return { file, ...positionInText(text, offset), problem, remedy: "flatten it" };
    }
    // The lexer marks documents and scalars with control characters that are not in the text.
    if (!["\u0002", "\u0018", "\u001f"].includes(token)) offset += token.length;
  }
  return undefined;
}

/** What makes a file no usable YAML, and what YAML has but this program refuses. */
export function syntaxProblems(file: string, text: string, document: Document, nodes: YamlNodes): readonly Problem[] {
  // What follows the first error is mostly its echo.
  const [first, second] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  const findings = first ? [errorFinding(text, first, second)] : refused(text, document);
  return findings.map(({ offset, ...advice }) => ({ file, ...nodes.at(offset), ...advice }));
}

const unclosed = { problem: "ends where YAML expects more", remedy: "close the quote or bracket, or add the `:`" };
const misplaced = {
  problem: "is indented differently from the lines around it",
  remedy: "indent it like its neighbours",
};

const errorAdvice: Partial<Record<YAMLError["code"], Advice>> = {
  BAD_ALIAS: { problem: "is an alias of an anchor that does not exist", remedy: "write the value out" },
  BAD_INDENT: misplaced,
  BAD_SCALAR_START: { problem: "starts with a character that YAML reserves", remedy: "put the value in quotes" },
  BLOCK_AS_IMPLICIT_KEY: misplaced,
  MISSING_CHAR: unclosed,
};

function errorFinding(text: string, { code, message, pos: [offset] }: YAMLError, next?: YAMLError): Finding {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset + 1);
  if (code === "TAB_AS_INDENT" || /^ *\t/.test(line)) {
    return { offset, problem: "is indented with a tab", remedy: "use spaces" };
  }
  // A line that is too far right goes on with the value above it, and the colon in it is then one too many.
  if (next?.code === "MULTILINE_IMPLICIT_KEY" && next.pos[0] === offset) {
    return { offset: text.lastIndexOf("\n", next.pos[1] - 1) + 1, ...misplaced };
  }
  // The parser has one code for several mistakes, and only its messages tell them apart.
  if (message.includes("without - indicator")) return { offset, ...misplaced };
  if (message.includes("compact mapping")) {
    return { offset, problem: "is a second `key:` in one line", remedy: "start a new line, or use quotes" };
  }
  if (message.includes("end with a")) return { offset, ...unclosed };
  const fallback = { problem: `is not YAML (${code})`, remedy: "compare the line with docs/project-yaml.md" };
  return { offset, ...(errorAdvice[code] ?? fallback) };
}

function refused(text: string, document: Document): readonly Finding[] {
  const version = document.directives?.yaml.version;
  const old = version === undefined || version === "1.2" ? [] : [oldVersion(version)];
  return [...old, ...document.warnings.map((warning) => warningFinding(text, warning)), ...refusedNodes(document)];
}

function warningFinding(text: string, { code, pos: [offset] }: YAMLError): Finding {
  if (code !== "TAG_RESOLVE_FAILED") {
    return { offset, problem: "is a directive (`%`) that YAML 1.2 does not have", remedy: "remove it" };
  }
  const tag = /^[^\s,[\]{}]{1,40}/.exec(text.slice(offset, offset + 40))?.[0] ?? "!";
  return { offset, problem: `has the tag \`${tag}\`, which plain YAML does not have`, remedy: "remove the tag" };
}

function oldVersion(version: string): Finding {
  return { offset: 0, problem: `says that it is YAML ${version}`, remedy: "remove the line that starts with `%YAML`" };
}

function refusedNodes(document: Document): readonly Finding[] {
  const findings: Finding[] = [];
  let anchors = 0;
  visit(document, {
    Node(_key, node) {
      const shared = isAlias(node)
        ? "is an alias (`*`)"
        : node.anchor === undefined
          ? undefined
          : "has an anchor (`&`)";
      // Only the first: a file that shares one value shares it in many places.
      if (shared !== undefined && (anchors += 1) === 1) {
        findings.push({ offset: node.range?.[0] ?? 0, problem: shared, remedy: "write each value where it is used" });
      }
      if (isMap(node)) findings.push(...keyFindings(node.items));
    },
  });
  return findings;
}

// The parser's own check of keys compares each with all before it, which takes minutes for a hostile file.
function keyFindings(pairs: readonly Pair[]): readonly Finding[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ key }) => {
    const text = keyText(key);
    const advice = keyAdvice(key, text, seen);
    seen.add(text);
    return advice && isScalar(key) ? [{ offset: key.range?.[0] ?? 0, ...advice }] : [];
  });
}

function keyAdvice(key: unknown, text: string, seen: ReadonlySet<string>): Advice | undefined {
  const plain = isScalar(key) && key.type === "PLAIN";
  if (plain && text === "<<") {
    return { problem: "is a merge key, which YAML 1.2 does not have", remedy: "write the keys out" };
  }
  if (text === "__proto__") return { problem: "the key `__proto__` is not allowed", remedy: "remove it" };
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return seen.has(text) ? { problem: `the key \`${shown}\` is there twice`, remedy: "keep one of the two" } : undefined;
}
