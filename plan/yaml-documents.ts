import { Document, type Scalar, visit } from "yaml";
import type { Json } from "../model/json";

/** Only ASCII, and a letter first: no reader takes it for a number or a date, and words such as `yes` are quoted below. */
const plainText = /^[A-Za-z][A-Za-z0-9./_-]*$/;

/**
 * What YAML forbids outside of escapes, or takes for the end of a line: of YAML 1.1, which is what Kubernetes reads.
 * Source: https://yaml.org/spec/1.1/#id868518 and https://yaml.org/spec/1.1/#b-line-feed
 */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Several objects as one text of YAML, below a comment. YAML 1.1 and 1.2 read it as the same data: text that one of them
 * would take for something else is in quotes, as are all texts that a person wrote freely.
 */
export function yamlDocuments(comment: readonly string[], objects: readonly Json[]): string {
  const head = comment.map((line) => `# ${line}\n`).join("");
  return `${head}---\n${objects.map(documentText).join("---\n")}`;
}

function documentText(object: Json): string {
  const document = new Document(object, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar: (_key, node) => {
      quote(node);
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedAsJSON: true });
  // They can only be inside of quotes, where an escape is the same text.
  return text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function quote(node: Scalar): void {
  if (typeof node.value === "string" && !plainText.test(node.value)) node.type = "QUOTE_DOUBLE";
}
