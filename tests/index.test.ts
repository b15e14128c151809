import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import program from "../index";
import { deploy } from "./support/mock-engine";

/** Runs the program as the engine does: configuration is text, secrets are named. */
async function run(config: Readonly<Record<string, string>>, stack = "homelab"): Promise<number> {
  pulumi.runtime.setAllConfig({ ...config });
  return (await deploy(program, { stack })).length;
}

describe("the program", () => {
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
  });

  it("runs the stack that the configuration names, with the text that the engine hands over", async () => {
    const config = {
      "idp:role": "platform",
      "idp:domain": "lab.example",
      "idp:node": '{"cpu":"4","memory":"16Gi","count":1}',
    };
    assert.ok((await run(config)) > 50);
  });

  it("ignores the defaults that Pulumi.yaml gives to keys of other roles", async () => {
    assert.ok(
      (await run({
        "idp:role": "platform",
        "idp:domain": "lab.example",
        "idp:projects": "projects",
        "idp:platform": "",
      })) > 50,
    );
  });

  it("refuses a configuration with mistakes by a RunError, before anything is registered", async () => {
    const config = { "idp:role": "plattform", "idp:domian": "x" };
    pulumi.runtime.setAllConfig(config);
    let failure: unknown;
    const registered = await deploy(async () => {
      failure = await program().then(
        () => undefined,
        (error: unknown) => error,
      );
    });
    assert.ok(pulumi.RunError.isInstance(failure));
    assert.match(failure.message, /^2 problems in the input; nothing was changed:/);
    assert.match(failure.message, /idp:role: "plattform" is not a role; did you mean `platform`\?/);
    assert.match(failure.message, /idp:domian: is not a known key; did you mean `idp:domain`\?/);
    assert.deepEqual(registered, []);
  });

  it("says which stack has to come first when the platform has no outputs yet", async () => {
    await assert.rejects(
      run({ "idp:role": "vault", "idp:platform": "homelab" }, "homelab-vault"),
      /run `pulumi up --stack homelab` first/,
    );
  });
});
