import assert from "node:assert/strict";
import { counted, printable, unbroken, visibleLength, wrap } from "../../cli/text-layout";

describe("text layout", () => {
  const layout = { width: 20, first: "- ", rest: "  " };

  it("breaks at spaces, below the first word", () => {
    assert.deepEqual(wrap("one two three four five", layout), ["- one two three four", "  five"]);
  });

  it("breaks no word, however long", () => {
    assert.deepEqual(wrap("see https://registry.lab.example now", layout), [
      "- see",
      "  https://registry.lab.example",
      "  now",
    ]);
  });

  it("keeps words together that belong together", () => {
    assert.deepEqual(wrap(`one two three, ${unbroken("10 pods")}`, layout), ["- one two three,", "  10 pods"]);
  });

  it("does not count colours", () => {
    assert.equal(visibleLength("\u001b[31mred\u001b[39m"), 3);
    assert.deepEqual(wrap("\u001b[31mone\u001b[39m two three four five", layout), [
      "- \u001b[31mone\u001b[39m two three four",
      "  five",
    ]);
  });

  it("counts in words", () => {
    assert.deepEqual(
      [counted(1, "pod"), counted(2, "pod"), counted(0, "address", "addresses")],
      ["1 pod", "2 pods", "0 addresses"],
    );
  });

  it("shows control characters as `?`, but for line ends and colours", () => {
    assert.equal(
      printable("a\nb\u001b[31mc\u001b[39m\u001b[2J\u0007\r\td\u009b"),
      "a\nb\u001b[31mc\u001b[39m?[2J????d?".replace("????", "???"),
    );
  });
});
