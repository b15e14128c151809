import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { platformOutputs } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { runStack } from "../support/example-stacks";
import { someSettings } from "../support/cluster";

describe("outputs of the platform stack", () => {
  const settings = someSettings({ webhookHost: "hooks.lab.example", vault: { distribution: "openbao" } });

  it("are two: the public contract in its schema, and one that is secret as a whole", async () => {
    const stack = { stack: "homelab", secrets: new Set<string>(), role: "platform", settings } as const;
    const { outputs } = await runStack(stack);
    assert.deepEqual(Object.keys(outputs).sort(), ["platform", "platformSecrets"]);
    assert.deepEqual(platformOutputs.parse(outputs["platform"]), planPlatformOutputs(settings));
    const secrets = outputs["platformSecrets"];
    assert.ok(pulumi.Output.isInstance(secrets));
    assert.equal(await pulumi.isSecret(secrets), true);
  });

  it("are refused by a reader that knows another version, or a field that the writer does not", () => {
    const written = planPlatformOutputs(settings);
    assert.equal(platformOutputs.safeParse({ ...written, version: 2 }).success, false);
    assert.equal(platformOutputs.safeParse({ ...written, adminPassword: "x" }).success, false);
  });
});
