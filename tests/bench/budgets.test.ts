import assert from "node:assert/strict";
import { type Result, verdicts } from "../../bench/budgets";
import { median } from "../../bench/measure";

function result(projects: number, wallSeconds: number, cpuSeconds: number): Result {
  return { projects, wallSeconds, cpuSeconds, peakMemory: 1 };
}

describe("budgets of the offline plan", () => {
  const cases: readonly [wall: number, cpu: readonly [one: number, hundred: number, thousand: number], met: string][] =
    [
      [0.5, [0.4, 0.5, 1.4], "yes yes"],
      [2, [0.4, 0.5, 1.4], "no yes"],
      [0.5, [0.4, 0.5, 2.4], "yes no"],
    ];
  for (const [wall, [one, hundred, thousand], met] of cases) {
    it(`judges ${wall} s for 100 projects, and ${one}, ${hundred} and ${thousand} s of CPU time: ${met}`, () => {
      const judged = verdicts([result(1, 0.4, one), result(100, wall, hundred), result(1000, 5, thousand)]);
      assert.equal(judged.map((verdict) => (verdict.met ? "yes" : "no")).join(" "), met);
    });
  }

  it("are missed by a size that was not measured", () => {
    assert.deepEqual(
      verdicts([]).map(({ met }) => met),
      [false, false],
    );
  });

  it("are held against the run in the middle", () => {
    assert.equal(median([result(1, 9, 1), result(1, 1, 1), result(1, 2, 1)]).wallSeconds, 2);
  });
});
