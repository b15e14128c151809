import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json";
import { buildName } from "../../../model/names";
import { reportEvent } from "../../../model/pipeline-names";
import { webhookPath } from "../../../model/repository-names";
import { luaText } from "../../../plan/pipeline/push-lua";
import { runLua } from "../../support/push/lua-run";
import { PushChain } from "../../support/push/push-chain";
import { commit, pushOf, pushTo } from "../../support/push/recorded-pushes";
import { applicationOf } from "../../support/some-repository";
import { someProject } from "../../support/some-project";

const path = webhookPath("shop", "myorg", "api");
const chain = new PushChain([someProject({ applications: [applicationOf("api", "api")] })]);
const genuine = pushTo("myorg/api");

/** What would do harm in a shell, a template, a path, YAML or Lua. */
const hostile = fc.oneof(
  fc.constantFrom(
    "$(touch /tmp/x)",
    "`id`",
    "'; rm -rf / #",
    '"',
    "a\nb: c",
    "../../etc/passwd",
    "{{workflow.name}}",
    "{{=sprig.env('HOME')}}",
    "]]..os.exit()..[[",
    '"..os.exit().."',
    "\u0000",
    "%s%d%",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

/** The same data with one of the texts for each text but those that decide. */
function withTexts(value: Json, texts: readonly string[], kept: readonly string[], name = ""): Json {
  const text = texts[name.length % texts.length] ?? "";
  if (typeof value === "string") return kept.includes(name) ? value : text;
  if (value === null || typeof value !== "object") return value;
  if (!isJsonObject(value)) return value.map((item, index) => withTexts(item, texts, kept, `${name}.${index}`));
  const fields = Object.entries(value).map(([key, field]): [string, Json] => [
    key,
    withTexts(field, texts, kept, name === "" ? key : `${name}.${key}`),
  ]);
  return Object.fromEntries(fields);
}

describe("hostile call that is signed", () => {
  const deciding = ["ref", "after", "repository.full_name"];

  it("makes the same Workflow, whatever the texts that do not decide", () => {
    const expected = chain.signed(path, "push", genuine).workflows;
    assert.equal(expected.length, 1);
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const body = withTexts(genuine, texts, deciding);
        assert.notDeepEqual(body, genuine);
        assert.deepEqual(chain.signed(path, "push", body).workflows, expected);
      }),
      { numRuns: 30 },
    );
  });

  it("makes nothing when one of the deciding texts is another", () => {
    fc.assert(
      fc.property(fc.constantFrom(...deciding), hostile, fc.boolean(), (name, text, isAdded) => {
        const others = deciding.filter((field) => field !== name);
        const genuineText = { ref: "refs/heads/main", after: commit, "repository.full_name": "myorg/api" }[name] ?? "";
        fc.pre(text !== "");
        const body = withTexts(genuine, [isAdded ? genuineText + text : text], others);
        assert.deepEqual(chain.signed(path, "push", body).workflows, []);
      }),
      { numRuns: 40 },
    );
  });

  it("makes nothing of any other body, and no script fails over it", () => {
    const field = fc.constantFrom("ref", "after", "before", "deleted", "commits", "repository", "report", "sweep", "x");
    const body = fc.dictionary(field, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
    fc.assert(
      fc.property(body, fc.constantFrom("push", reportEvent, "ping"), (fields, event) => {
        assert.deepEqual(chain.signed(path, event, plain(fields)).workflows, []);
      }),
      { numRuns: 60 },
    );
  });

  it("makes only a Workflow of constants, the commit and digits when a field of a push is of another kind", () => {
    const value = fc.jsonValue({ maxDepth: 2 }).map(plain);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(genuine), "forced", "created"), value, (name, changed) => {
        const repository = genuine["repository"] ?? null;
        const { workflows } = chain.signed(path, "push", pushOf({ repository, [name]: changed }));
        for (const workflow of workflows) {
          const text = JSON.stringify(workflow);
          assert.match(text, new RegExp(`"name":"${buildName("api", commit)}(-\\d{1,12})?"`));
          assert.match(text.replaceAll(commit, ""), /^[{}[\]":,a-zA-Z0-9./-]*$/);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("data as Lua writes it", () => {
  it("is the same when Lua has read it, whatever the texts", () => {
    const text = fc.oneof(hostile, fc.string({ unit: "grapheme" }), fc.constantFrom("end", "]]", "\\", "\\\n", "--[["));
    const data = fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.array(text, { minLength: 1 })));
    fc.assert(
      fc.property(data, (value) => {
        // Lua takes no name twice, and JavaScript has one that is no field.
        const written: JsonObject = { field: Object.fromEntries(Object.entries(value)) };
        const source = luaText(written);
        assert.match(source, /^[ -~]*$/);
        assert.deepEqual(runLua(`return ${source}`, null), JSON.parse(JSON.stringify(written)));
      }),
      { numRuns: 60 },
    );
  });
});

/** JSON knows no `-0`. */
function plain(value: unknown): Json {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}
