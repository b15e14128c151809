import assert from "node:assert/strict";
import { explainFailure } from "../../model/provider-errors/provider-error";

/** Title, package of the provider, what it says, what a person reads. */
export type ErrorRow = readonly [string, string, string, RegExp];

/** Tests that each text gets its sentence, and that the sentence repeats nothing that may be secret. */
export function itExplains(rows: readonly ErrorRow[]): void {
  for (const [title, packageName, text, expected] of rows) {
    it(`of ${title} is one sentence that begins with the project`, () => {
      const sentence = explained(packageName, text) ?? "";
      assert.match(sentence, expected);
      assert.match(sentence, /^shop: [^\n]+[^.\n]$/);
    });
  }

  it("T16: repeats nothing that a service says, where a secret could be, but names and paths", () => {
    for (const [, packageName, text] of rows) {
      const leaking = text.replace(/(\d{3}\.? )/, "$1hvs.canary github_pat_canary ");
      assert.doesNotMatch(explained(packageName, leaking) ?? "", /canary/);
    }
  });
}

/** The sentence for a failed resource of the project `shop`. */
export function explained(packageName: string, text: string): string | undefined {
  return explainFailure({ name: "shop.api.thing", type: `${packageName}:index/some:Thing`, text });
}
