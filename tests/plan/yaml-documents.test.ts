import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import type { Json } from "../../model/json";
import { yamlDocuments } from "../../plan/yaml-documents";

/** Texts that a reader of YAML 1.1, YAML 1.2 or of Go's own mixture of both takes for something else without quotes. */
const misread = [
  ...["yes", "Yes", "y", "N", "no", "on", "OFF", "true", "False", "null", "Null", "~", ""],
  ...["010", "0o10", "0x1F", "0X1F", "0b11", "0B11", "1_000", "1e3", "1e1_0", "+1", "1.", ".5", "-.inf", ".NaN"],
  ...["1:30", "190:20:30", "2026-01-01", "2001-12-14t21:59:43.10-05:00", "<<", "=", "-", "?", "!", "&a", "*a", "%"],
  ...["a: b", "a:", "a #b", "#a", " a", "a ", "[]", "{}", "'", '"', "\\", "\\n", "@", "`", "|", ">", "---", "..."],
  ...["\t", "\n", "a\n", "\n\n a", "a\r\nb", "\u0085", "\u2028", "\ufeff", "\u007f", "\ufffe", "ü", "😀", "$(A)"],
];

function read(text: string, version: "1.1" | "1.2"): unknown[] {
  return parseAllDocuments(text, { version, strict: true }).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], []);
    const value: unknown = document.toJS();
    return value;
  });
}

describe("yaml documents", () => {
  it("says the same to a reader of YAML 1.1 and of 1.2, whatever the texts are", () => {
    const text = fc.oneof(fc.constantFrom(...misread), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
    const object = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{2,8}$/), fc.array(text), { maxKeys: 5 });
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 3 }), (objects) => {
        const wanted = objects.map((item) => ({ ...item }));
        const written = yamlDocuments(["Who owns it."], wanted);
        for (const version of ["1.1", "1.2"] as const) assert.deepEqual(read(written, version), wanted);
      }),
      { numRuns: 150 },
    );
  });

  it("puts into quotes what any reader could take for another type, and escapes what some refuse", () => {
    for (const value of misread) {
      const line = yamlDocuments([], [{ value }]).split("\n")[1] ?? "";
      assert.match(line, /^value: ".*"$/u, JSON.stringify(value));
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/u);
    }
  });

  it("leaves plain words, numbers and truth values as they are", () => {
    const written = yamlDocuments(["one", "two"], [{ kind: "Deployment", replicas: 2, tls: {}, on: true }]);
    assert.equal(written, '# one\n# two\n---\nkind: Deployment\nreplicas: 2\ntls: {}\n"on": true\n');
  });

  it("repeats what is there twice, and keeps long texts on one line", () => {
    const labels: Json = { app: "x".repeat(300) };
    const written = yamlDocuments([], [{ a: labels, b: labels }]);
    assert.doesNotMatch(written, /[&*]/);
    assert.equal(written.split("\n").length, 6);
  });
});
