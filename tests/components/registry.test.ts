import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { PlannedComponent } from "../../components/planned-component";
import { componentPlan } from "../../plan/component-plan";
import type { ComponentPlan, PlannedResource } from "../../plan/planned-resource";
import { planRegistry } from "../../plan/projects/registry";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { someCluster, someProject } from "../support/some-project";

const { resources } = planRegistry(someProject(), someCluster);

class RegistryObjects extends PlannedComponent {
  constructor(plan: ComponentPlan, opts?: pulumi.ComponentResourceOptions) {
    super(plan, {}, opts);
    this.registerOutputs({});
  }
}

describe("registry of a project under the engine", () => {
  it("registers a password, three Secrets, a leaf in Vault and a Job", async () => {
    assert.deepEqual(
      (await register(resources)).map(({ type, name }) => `${type} ${name}`),
      [
        "idp:projects:Project shop",
        "kubernetes:batch/v1:Job shop.registry.setup",
        "kubernetes:core/v1:Secret shop.registry.build-secret",
        "kubernetes:core/v1:Secret shop.registry.pull-secret",
        "kubernetes:core/v1:Secret shop.registry.setup-secret",
        "random:index/randomPassword:RandomPassword shop.registry.robot-password",
        "vault:kv/secretV2:SecretV2 shop.registry.vault",
      ],
    );
  });

  it("deletes the Job and makes it anew when the password is replaced, and nothing else", async () => {
    const registered = await register(resources);
    const password = registered.find(({ name }) => name === "shop.registry.robot-password");
    const withPassword = registered.filter(({ replaceWith }) => replaceWith.length > 0);
    assert.deepEqual(
      withPassword.map(({ name, replaceWith, deleteBeforeReplace }) => ({ name, replaceWith, deleteBeforeReplace })),
      [{ name: "shop.registry.setup", replaceWith: [password?.urn], deleteBeforeReplace: true }],
    );
    const secret = registered.find(({ name }) => name === "shop.registry.setup-secret");
    assert.ok(secret && withPassword[0]?.dependencies.includes(secret.urn));
  });

  it("refuses to be replaced with what is not planned before it", async () => {
    const [first, ...others] = [...resources].reverse();
    assert.ok(first);
    await assert.rejects(
      register([{ ...first, dependsOn: [] }, ...others]),
      /shop.registry.setup depends on shop.registry.robot-password, which is not planned before it/,
    );
  });

  it("T16: a password appears in secret inputs only", async () => {
    const canary = mockedPassword("shop.registry.robot-password");
    const holders = (await register(resources)).filter(({ inputs }) => JSON.stringify(inputs).includes(canary));
    assert.deepEqual(
      holders.map(({ name, secretInputs }) => [name, ...secretInputs]),
      [
        ["shop.registry.build-secret", "stringData"],
        ["shop.registry.pull-secret", "stringData"],
        ["shop.registry.setup-secret", "stringData"],
        ["shop.registry.vault", "dataJson"],
      ],
    );
    for (const { inputs, secretInputs } of holders) {
      const open = Object.entries(inputs).filter(([key]) => !secretInputs.includes(key));
      assert.ok(!JSON.stringify(open).includes(canary));
    }
  });
});

function register(planned: readonly PlannedResource[]): Promise<readonly Registration[]> {
  const plan = componentPlan({ type: "idp:projects:Project", name: "shop", resources: planned });
  return deploy(() => new RegistryObjects(plan));
}
