import assert from "node:assert/strict";
import { z } from "zod";
import { checkDocument, parseYaml, type YamlDocument } from "../../inputs/yaml-document";
import { problemLine } from "../../model/input-error";

const utf8 = (text: string) => new TextEncoder().encode(text);

function document(text: string): YamlDocument {
  const { document: parsed, problems } = parseYaml("file.yaml", utf8(text));
  assert.deepEqual(problems, []);
  assert.ok(parsed);
  return parsed;
}

function refusal(bytes: Uint8Array | string): string {
  const { document: parsed, problems } = parseYaml("file.yaml", typeof bytes === "string" ? utf8(bytes) : bytes);
  assert.equal(parsed, undefined);
  return problems.map(problemLine).join("\n");
}

describe("bytes of a YAML file", () => {
  it("may start with a byte order mark and end lines the way of Windows", () => {
    const parsed = document("\uFEFFname: shop\r\nport: 80\r\n");
    assert.deepEqual(parsed.value, { name: "shop", port: 80 });
    assert.deepEqual(parsed.locateKey(["port"]), { line: 2, column: 1 });
  });

  it("must be UTF-8", () => {
    const latin1 = Buffer.from("name: shop\nowner: M\u00fcller\n", "latin1");
    assert.equal(refusal(latin1), "file.yaml:2:9: is not UTF-8 text; save it as UTF-8");
    const utf16 = Buffer.from("\uFEFFname: shop\n", "utf16le");
    assert.equal(refusal(utf16), "file.yaml:1:1: is not UTF-8 text; save it as UTF-8");
  });

  it("must not hold control characters", () => {
    assert.equal(refusal("name: a\u0000b\n"), "file.yaml:1:8: has the control character U+0000; remove it");
    assert.equal(refusal("a: 1\nb: \u001b[31m\n"), "file.yaml:2:4: has the control character U+001B; remove it");
  });

  it("are 256 KiB at most", () => {
    const limit = 256 * 1024;
    assert.equal(document(`a: ${"x".repeat(limit - 3)}`).file, "file.yaml");
    assert.equal(
      refusal(new Uint8Array(1024 * 1024)),
      "file.yaml: has 1024 KiB, and 256 KiB are read at most; split it, or move out what does not belong into it",
    );
  });
});

describe("a hostile YAML file", () => {
  const nested = "is nested deeper than 100 levels; flatten it";
  const cases = {
    "flow lists in each other": ["[".repeat(130_000) + "]".repeat(130_000), nested],
    "block lists in each other": ["- ".repeat(130_000), nested],
    "keys in each other": ["? ".repeat(130_000), nested],
    "more and more indentation": [
      Array.from({ length: 720 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      undefined,
    ],
    "sixty thousand equal keys": ["a:\n".repeat(60_000), "file.yaml:2:1: the key `a` is there twice"],
    "aliases without end": [`a: &a [x]\nb: [${"*a, ".repeat(60_000)}]\n`, "file.yaml:1:7: has an anchor (`&`)"],
  } as const;

  for (const [title, [text, start]] of Object.entries(cases)) {
    it(`${title}: takes no more than a few seconds, and is told`, function () {
      this.timeout(5000);
      const { problems } = parseYaml("file.yaml", utf8(text));
      const [first] = problems.map(problemLine);
      if (start === undefined) assert.equal(first, undefined);
      else assert.ok(first?.includes(start), first);
    });
  }

  it("with a wrong key in each of 15000 places of one line: each place is found in time", function () {
    this.timeout(10_000);
    const parsed = document(`[${Array.from({ length: 15_000 }, () => "{w: 1}").join(",")}]`);
    const { problems } = checkDocument(parsed, z.array(z.strictObject({})));
    assert.equal(problems.length, 15_000);
    assert.deepEqual(problems.at(-1)?.column, 1 + 14_999 * 7 + 2);
  });
});

describe("places in a YAML file", () => {
  const parsed = document("a: {\u{1F600}\u{1F600}: 1, b: [\u{1F600}, c]}\nlist:\n  - name: x\n    empty:\n");

  it("are those of values and of keys, counted in characters", () => {
    assert.deepEqual(parsed.locate(["a", "b", 1]), { line: 1, column: 19 });
    assert.deepEqual(parsed.locateKey(["a", "b"]), { line: 1, column: 12 });
    assert.deepEqual(parsed.locate(["list", 0, "name"]), { line: 3, column: 11 });
    assert.deepEqual(parsed.locateKey(["list", 0, "empty"]), { line: 4, column: 5 });
  });

  it("are the nearest value around what does not exist", () => {
    assert.deepEqual(parsed.locate(["list", 0, "port"]), { line: 3, column: 5 });
    assert.deepEqual(parsed.locate(["list", 7, "port"]), { line: 3, column: 3 });
    assert.deepEqual(parsed.locateKey(["nothing", "here"]), { line: 1, column: 1 });
  });

  it("come with the text of a scalar as it was written", () => {
    assert.equal(document("version: 8.0").source?.(["version"]), "8.0");
    assert.equal(document("version: '8.0'").source?.(["version"]), "8.0");
    assert.equal(document("version: 8.0").source?.(["size"]), undefined);
  });
});

describe("a document against a schema", () => {
  const lines = <T>(text: string, schema: z.ZodType<T>) =>
    checkDocument(document(text), schema).problems.map((problem) => problemLine(problem).replace(/^file\.yaml:/, ""));

  it("gives the value with its defaults", () => {
    const schema = z.strictObject({ a: z.int(), b: z.string().default("x") });
    assert.deepEqual(checkDocument(document("a: 1"), schema), { value: { a: 1, b: "x" }, problems: [] });
  });

  it("makes a remedy of each rule that has none of its own", () => {
    const schema = z.strictObject({
      max: z.int().max(9).optional(),
      min: z.int().min(3).optional(),
      long: z.string().max(3).optional(),
      many: z.array(z.string()).min(2).optional(),
      step: z.int().multipleOf(5).optional(),
      form: z.string().regex(/^x/).optional(),
      flag: z.boolean().optional(),
      one: z.enum(["red", "green"]).optional(),
    });
    const text = ["max: 10", "min: 1", "long: abcd", "many: [a]", "step: 7", "form: y", "flag: yes", "one: rad"];
    assert.deepEqual(lines(text.join("\n"), schema), [
      "1:6: max: is the number 10; use at most 9",
      "2:6: min: is the number 1; use at least 3",
      '3:7: long: is "abcd"; use at most 3 characters',
      "4:7: many: is a list; use at least 2 items",
      "5:7: step: is the number 7; use a multiple of 5",
      '6:7: form: is "y"; use text of the form /^x/',
      '7:7: flag: is "yes"; use `true` or `false`',
      '8:6: one: is "rad"; did you mean `red`? use one of red, green',
    ]);
  });

  it("tells of the alternative that a value comes nearest to", () => {
    const schema = z.strictObject({
      host: z.union([z.literal(""), z.string().regex(/\./, "use a host name")]).optional(),
      size: z.union([z.string(), z.number()], { error: "use a quantity" }).optional(),
    });
    assert.deepEqual(lines("host: lab", schema), ['1:7: host: is "lab"; use a host name']);
    assert.deepEqual(lines("host: 5", schema), ['1:7: host: is the number 5; write `host: "5"`']);
    assert.deepEqual(lines("size: []", schema), ["1:7: size: is a list; use a quantity"]);
  });

  it("names the known keys of a record", () => {
    const schema = z.strictObject({ charts: z.partialRecord(z.enum(["harbor", "vault"]), z.strictObject({})) });
    assert.deepEqual(lines("charts: {grafana: {}}", schema), ["1:10: charts.grafana: is not a known key; remove it"]);
  });

  it("never shows what may be a secret", () => {
    const schema = z.strictObject({ adminPassword: z.int(), apiTokens: z.array(z.int()), address: z.int() });
    const text = ["adminPassword: hunter2", "apiTokens: [hunter2]", "address: https://me:hunter2@git.example/x"];
    const messages = lines(text.join("\n"), schema);
    assert.deepEqual(messages, [
      "1:16: adminPassword: has a value that cannot be used; use a number",
      "2:13: apiTokens.0: has a value that cannot be used; use a number",
      '3:10: address: is "https://...@git.example/x"; use a number',
    ]);
    const token = checkDocument(
      document("a: ghp_0123456789abcdef\nsecret: 12345"),
      z.object({ a: z.int(), secret: z.string() }),
    );
    assert.ok(!JSON.stringify(token).includes("0123456789"));
    assert.ok(!JSON.stringify(token).includes("12345"));
  });
});
