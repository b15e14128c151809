import { isScalar, LineCounter, parseAllDocuments } from "yaml";
import type { z } from "zod";
import type { Problem } from "../model/input-error";
import { parseWithAdvice } from "./schema-problems";
import { type Position, type YamlDocument, YamlNodes } from "./yaml-nodes";
import { depthProblem, syntaxProblems } from "./yaml-syntax";
import { decodeYaml } from "./yaml-text";

export type { YamlDocument } from "./yaml-nodes";

export interface ParsedYaml {
  /** Absent when there are problems. */
  readonly document?: YamlDocument;
  readonly problems: readonly Problem[];
}

/** Reads one YAML 1.2 document. Time and memory are bounded by the length of the text, whatever it says. */
export function parseYaml(file: string, bytes: Uint8Array): ParsedYaml {
  const decoded = decodeYaml(file, bytes);
  if ("problem" in decoded) return { problems: [decoded.problem] };
  const { text } = decoded;
  const depth = depthProblem(file, text);
  if (depth) return { problems: [depth] };

  const lineCounter = new LineCounter();
  const options = { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: "silent" } as const;
  const [first, second] = parseAllDocuments(text, options);
  const nodes = new YamlNodes(text, lineCounter, first?.contents);
  if (first === undefined) return { problems: [emptyFile(file)] };
  const problems = syntaxProblems(file, text, first, nodes);
  if (problems.length > 0) return { problems };
  if (second) return { problems: [secondDocument(file, nodes.at(second.range[0]))] };
  if (first.contents === null || (isScalar(first.contents) && first.contents.value === null)) {
    return { problems: [emptyFile(file)] };
  }
  return { document: documentOf(file, first.toJS({ maxAliasCount: 0 }), nodes), problems: [] };
}

/** Checks a document against a schema. The value is absent when there are problems. */
export function checkDocument<T>(
  document: YamlDocument,
  schema: z.ZodType<T>,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const checked = parseWithAdvice(document, schema);
  return checked.success ? { value: checked.value, problems: [] } : { problems: checked.problems };
}

function documentOf(file: string, value: unknown, nodes: YamlNodes): YamlDocument {
  return {
    file,
    value,
    locate: (path) => nodes.locate(path),
    locateKey: (path) => nodes.locateKey(path),
    source: (path) => nodes.source(path),
  };
}

function emptyFile(file: string): Problem {
  return { file, problem: "is empty", remedy: "fill it, or delete the file" };
}

function secondDocument(file: string, position: Position): Problem {
  return { file, ...position, problem: "starts a second document", remedy: "remove the `---`, or make it a file" };
}
