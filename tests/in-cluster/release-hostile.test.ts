import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { GitOpsRun } from "../support/releases/gitops-run";

const fields = ["PROJECT", "APPLICATION", "IMAGE", "COMMIT", "DIGEST", "PUSHED", "PINNED"] as const;
const mark = "ran";

/** What would do something if it became part of a command, a path, a pattern or a file. */
const spells: readonly string[] = [
  ...["", " ", "'", '"', "\n", "\t", "*", "-", "--", "-rf", "--help", "--upload-pack=touch ran", ".", "..", "/"],
  ...["$(touch ran)", "`touch ran`", "; touch ran", "| touch ran", "&& touch ran #", "\ntouch ran\n", "${IFS}touch"],
  ...["../api", "shop/../../etc", "api\n", "api\napi", "shop/api", "api..", "Api", "api_x", "äpi", "a".repeat(31)],
  ...["0".repeat(40), "1".repeat(39), "1".repeat(41), "A".repeat(40), `${"1".repeat(40)}\n`, `${"1".repeat(39)}g`],
  ...["sha256:", `sha256:${"a".repeat(63)}`, `sha512:${"a".repeat(64)}`, `sha256:${"a".repeat(64)}\n  newTag: x`],
  ...["evil.example/shop/web", "evil.example/shop/api\n", "-x/shop/api", "$(touch ran)/shop/api", "shop/api"],
  ...["1e9", "-1", "+1", "0x10", "08", "1 -o 1", "9".repeat(13), "1\n2", "{{workflow.name}}", "%s%s%n", "\\"],
];

describe("program release and hostile values", () => {
  const gitOps = new GitOpsRun();
  const head = gitOps.repository.head("main");

  after(() => {
    gitOps.remove();
  });

  /** The run ends by itself, has pushed nothing and has run nothing that it was given. */
  const isInert = async (field: (typeof fields)[number], value: string) => {
    const { code, outcome, sentence } = await gitOps.release({}, { [field]: value });
    assert.deepEqual([code, outcome], [1, undefined], sentence);
    assert.match(
      sentence,
      /^release of [a-z0-9/ -]+: (PROJECT|APPLICATION|IMAGE|COMMIT|DIGEST|PUSHED|PINNED|the GitOps) /,
    );
    assert.equal(gitOps.repository.head("main"), head);
    for (const folder of readdirSync(gitOps.folder))
      assert.ok(!readdirSync(join(gitOps.folder, folder)).includes(mark));
  };

  for (const field of fields)
    it(`T30: refuses what has not the form of ${field}, and runs none of it`, async () => {
      // Nothing, and a commit that no build is of, hold no application at what is released here.
      const fine = field === "PINNED" ? ["", "0".repeat(40)] : [];
      for (const value of spells.filter((spell) => !fine.includes(spell))) await isInert(field, value);
    }).timeout(120_000);

  it("T30: refuses any other text in any field", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({ maxLength: 60 }),
      fc.constantFrom(...spells),
    );
    const hostile = text
      .map((value) => value.replaceAll("\0", ""))
      .filter((value) => !/^([a-z][a-z0-9-]{0,29}|[0-9]{0,12}|0{40}|)$/.test(value));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...fields), hostile, isInert), { numRuns: 60 });
  }).timeout(120_000);
});
