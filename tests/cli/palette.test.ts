import assert from "node:assert/strict";
import { palette, wantsColour } from "../../cli/palette";

describe("colour", () => {
  const cases: readonly [environment: Readonly<Record<string, string>>, terminal: boolean, expected: boolean][] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    [{ CI: "true" }, false, false],
  ];
  for (const [environment, terminal, expected] of cases) {
    it(`is ${expected ? "on" : "off"} for ${JSON.stringify(environment)} ${terminal ? "on" : "without"} a terminal`, () => {
      assert.equal(wantsColour(environment, terminal), expected);
    });
  }

  it("is nothing but the text when it is off", () => {
    assert.equal(palette(false).danger("text"), "text");
    assert.equal(palette(true).danger("text"), "\u001b[31mtext\u001b[39m");
  });
});
