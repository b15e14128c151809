import assert from "node:assert/strict";
import fc from "fast-check";
import { differencePlans } from "../../plan/difference";
import { clusterHolding, firstRun, mysql, nextRun, redis } from "../support/kept-data";

describe("what a difference marks, and what `pulumi up` refuses", () => {
  it("T26: names the same entries of `idp:giveUp`, whatever the files say", () => {
    const secrets = fc
      .subarray(["KEY", "TOKEN"])
      .chain((names) =>
        fc.constantFrom("generated", "entered").map((kind) => Object.fromEntries(names.map((name) => [name, kind]))),
      );
    const application = fc.record({
      name: fc.constantFrom("api", "web"),
      git: fc.constantFrom("one", "two").map((repo) => ({ type: "github", owner: "myorg", repo })),
      repository: fc.constantFrom("use", "adopt", "create").map((mode) => ({ mode })),
      port: fc.constant(80),
      secrets,
    });
    const content = fc.record({
      applications: fc.array(application, { maxLength: 1 }),
      databases: fc.subarray([mysql, { ...redis, version: "8.2" }]),
    });
    const files = fc.uniqueArray(fc.record({ name: fc.constantFrom("blog", "shop"), content }), {
      selector: ({ name }) => name,
    });
    const entriesIn = (texts: readonly string[]) => [
      ...new Set(texts.flatMap((text) => /idp:giveUp\[\d+\]' (\S+)/.exec(text)?.[1] ?? [])),
    ];
    fc.assert(
      fc.property(files, files, (old, now) => {
        const told = differencePlans(clusterHolding(old), clusterHolding(now)).flatMap(({ dataLoss }) => dataLoss);
        const refused = nextRun(firstRun(...old), now).problems.map(({ remedy }) => remedy);
        assert.deepEqual(entriesIn(told).sort(), entriesIn(refused).sort());
      }),
      { numRuns: 50 },
    );
  });
});
