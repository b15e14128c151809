import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { platformOutputNames, platformSecretOutputs } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { operatorTokenTtl } from "../../plan/vault/operator-access";
import { vaultStack } from "../../stacks/vault";
import { someSettings } from "../support/cluster";
import { runStack } from "../support/example-stacks";
import { deploy } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";

const stack = {
  stack: "homelab-vault",
  role: "vault",
  secrets: new Set<string>(),
  settings: { platform: "homelab", vaultAddress: "http://127.0.0.1:8200" },
} as const;

describe("vault stack", () => {
  it("T16: puts the secrets of the platform stack into Vault, and into nothing else", async () => {
    const { registered, outputs } = await runStack(stack);
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("canary-"));
    assert.deepEqual(
      holders.map(({ name, secretInputs }) => [name, ...secretInputs]),
      [
        ["vault-secret-argo-cd", "dataJson"],
        ["vault-secret-harbor", "dataJson"],
      ],
    );
    assert.deepEqual(outputs, {});
  });

  it("T21: gives Vault's provider an address and no token, which it takes from the environment for as long as that lives", async () => {
    const { registered } = await runStack(stack);
    const [provider] = registered.filter(({ type }) => type === "pulumi:providers:vault");
    assert.equal(provider?.inputs["address"], "http://127.0.0.1:8200");
    assert.equal(Number(provider.inputs["maxLeaseTtlSeconds"]), operatorTokenTtl);
    assert.ok(!("token" in provider.inputs));
  });

  it("makes nothing in a Vault that is sealed, and says so in one sentence", async () => {
    const sealed = { ...readyServices, vault: () => Promise.resolve("Vault is sealed; open it") };
    let failure: unknown;
    const program = async () => {
      failure = await vaultStack(stack, sealed).then(
        () => undefined,
        (error: unknown) => error,
      );
    };
    const plain = {
      [platformOutputNames.public]: planPlatformOutputs(someSettings()),
      [platformOutputNames.secret]: Object.fromEntries(
        Object.keys(platformSecretOutputs.shape).map((name) => [name, "canary"]),
      ),
    };
    const stackOutputs = { plain, secretNames: [platformOutputNames.secret] };
    assert.deepEqual(await deploy(program, { stack: stack.stack, stackOutputs }), []);
    assert.ok(pulumi.RunError.isInstance(failure));
    assert.equal(failure.message, "Vault is sealed; open it; nothing was changed (http://127.0.0.1:8200)");
  });

  it("makes nothing for a platform that has not told its secrets", async () => {
    const plain = { [platformOutputNames.public]: planPlatformOutputs(someSettings()) };
    const old = { ...plain, [platformOutputNames.secret]: { harborAdminPassword: "canary" } };
    for (const outputs of [plain, old]) {
      let failure: unknown;
      const program = async () => {
        failure = await vaultStack(stack, readyServices).then(
          () => undefined,
          (error: unknown) => error,
        );
      };
      const stackOutputs = { plain: outputs, secretNames: [platformOutputNames.secret] };
      const registered = await deploy(program, { stack: stack.stack, stackOutputs });
      assert.deepEqual(registered, []);
      assert.ok(pulumi.RunError.isInstance(failure));
      assert.equal(
        failure.message,
        "the stack homelab was made by another version of this program; run `pulumi up --stack homelab` first",
      );
    }
  });
});
