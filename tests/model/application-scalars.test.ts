import assert from "node:assert/strict";
import { environmentValue } from "../../model/application-scalars";

describe("text of an environment variable", () => {
  it("takes every text that a process can be given", () => {
    for (const text of ["", "yes", "a\tb\r\nc\n", "ü😀", "\u2028", "$(A)"])
      assert.equal(environmentValue.parse(text), text);
  });

  it("refuses what would not reach the process as it is written", () => {
    for (const text of ["a\u0000b", "\u001b[0m", "\u007f", "\u0085", "\uffff", "\ud800"])
      assert.match(environmentValue.safeParse(text).error?.message ?? "", /without control characters/);
  });
});
