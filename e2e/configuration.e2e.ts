import assert from "node:assert/strict";
import { platformConfiguration } from "./support/configuration";
import { obstacles, sayObstacles } from "./support/environment";
import { Workplace } from "./support/workplace";

describe("configuration, real engine", function () {
  const missing = obstacles();
  const workplace = new Workplace();

  before(function () {
    if (sayObstacles(missing)) this.skip();
  });

  after(() => {
    workplace.remove();
  });

  it("is refused with all its mistakes in one report, without a stack trace", async () => {
    const stack = await workplace.stack("mistaken", platformConfiguration());
    await stack.setConfig("idp:domian", { value: "lab.example" });
    await stack.setConfig("idp:node.cpu", { value: "lots" }, true);
    const error: unknown = await stack.preview().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const text = error instanceof Error ? error.message : "";
    assert.match(text, /2 problems in the input; nothing was changed/);
    assert.match(text, /Pulumi\.mistaken\.yaml:\d+:\d+: idp:domian: is not a known key; did you mean `idp:domain`\?/);
    assert.match(text, /Pulumi\.mistaken\.yaml:\d+:\d+: idp:node\.cpu: is "lots"/);
    assert.doesNotMatch(text, /\.ts:\d+/);
  });
});
