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

  describe("asks the engine which keys are encrypted", () => {
    const infrastructure = { infrastructure: { repository: "https://git.example/me/infrastructure.git" } };
    const config = {
      "idp:role": "platform",
      "idp:domain": "lab.example",
      "idp:argoCd": JSON.stringify(infrastructure),
      "idp:infrastructureToken": "canary-4711",
    };
    // The engine names them in the environment of the program. Source: sdk/nodejs/runtime/config.ts
    const engineSets = (secretKeys: readonly string[]) => {
      pulumi.runtime.setAllConfig(config, [...secretKeys]);
      process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys);
    };
    afterEach(() => {
      delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
    });
    const refusal = async (secretKeys: readonly string[]): Promise<string> => {
      engineSets(secretKeys);
      return program().then(
        () => "",
        (error: unknown) => String(error),
      );
    };

    it("and takes a secret that is", async () => {
      engineSets(["idp:infrastructureToken"]);
      const names = (await deploy(program)).map(({ name }) => name);
      assert.ok(names.includes("argo-cd-infrastructure-repository"));
    });

    it("and refuses a secret that is not, without showing it", async () => {
      const message = await refusal([]);
      assert.match(message, /idp:infrastructureToken: is a secret in plain text/);
      assert.doesNotMatch(message, /canary/);
    });

    it("and refuses a plain key that is", async () => {
      const message = await refusal(["idp:infrastructureToken", "idp:domain"]);
      assert.match(message, /idp:domain: is encrypted, but it is part of names/);
    });
  });

  it("says which stack has to come first when the platform has no outputs yet", async () => {
    await assert.rejects(
      run({ "idp:role": "vault", "idp:platform": "homelab" }, "homelab-vault"),
      /run `pulumi up --stack homelab` first/,
    );
  });
});
