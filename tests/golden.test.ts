import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { goldenFiles } from "./support/golden";

describe("golden lists of the example cluster", () => {
  it("are as committed; run `npm run golden` after reading the difference", async () => {
    for (const { path, content } of await goldenFiles()) assert.equal(content, readFileSync(path, "utf8"), path);
  });
});
