import assert from "node:assert/strict";
import { toJson } from "../../model/json";
import type { PlannedPart } from "../../plan/planned-base";
import type { ComponentPlan } from "../../plan/planned-resource";
import { type ExampleStack, runExampleStacks } from "../support/example-stacks";
import { expectedRegistrations } from "../support/expected-registration";
import type { Registration } from "../support/mock-engine";
import { reaches } from "../support/reaches";

describe("offline plan and registered resources", () => {
  let examples: readonly ExampleStack[];

  before(async () => {
    examples = await runExampleStacks();
  });

  it("covers the three roles", () => {
    assert.deepEqual(
      examples.map(({ plan }) => plan.role),
      ["platform", "vault", "projects"],
    );
  });

  it("agree on the components, their parts, their parents and their order", () => {
    for (const { plan, registered } of examples) {
      const components = registered.filter(({ type }) => type.startsWith("idp:"));
      const planned = [...plan.components, ...plan.components.flatMap(partsOf)];
      assert.deepEqual(
        components.map(({ type, name }) => `${type} ${name}`),
        planned.map(({ type, name }) => `${type} ${name}`).sort(),
      );
      for (const component of plan.components) {
        const own = components.find(({ name }) => name === component.name);
        const parts = components.filter(({ parent }) => parent === own?.urn);
        assert.deepEqual(
          parts.map(({ name }) => name).sort(),
          partsOf(component)
            .map(({ name }) => name)
            .sort(),
        );
        const needed = component.dependsOn.map((name) => components.find((other) => other.name === name)?.urn);
        const parents = new Map([...parts, ...(own ? [own] : [])].map(({ urn, name }) => [urn, name]));
        const children = registered.filter(({ type, parent }) => !type.startsWith("idp:") && parents.has(parent));
        assert.equal(children.length, component.resources.length, component.name);
        for (const child of children) {
          const resource = component.resources.find(({ name }) => name === child.name);
          assert.equal(parents.get(child.parent), resource?.part?.name ?? component.name, child.name);
          assert.deepEqual(missing(needed, child, registered), [], child.name);
        }
      }
    }
  });

  it("agree on every object: type, name, inputs, protection", () => {
    for (const { plan, registered } of examples) {
      const resources = registered.filter(isPlannable);
      const expectations = plan.components.flatMap(expectedRegistrations);
      assert.equal(resources.length, expectations.length);
      for (const expectation of expectations) {
        const found = resources.find(({ type, name }) => type === expectation.type && name === expectation.name);
        assert.ok(found, `${expectation.type} ${expectation.name} was not registered`);
        const { inputs } = found;
        const compared = Object.fromEntries(Object.keys(expectation.inputs).map((key) => [key, inputs[key]]));
        assert.deepEqual(toJson(compared), toJson(expectation.inputs), found.name);
        assert.equal(found.protect, expectation.protect, found.name);
        assert.equal(found.retainOnDelete, expectation.retainOnDelete, found.name);
      }
    }
  });

  it("T42: every resource has an explicit provider of its package", () => {
    for (const resource of examples.flatMap(({ registered }) => registered).filter(isPlannable)) {
      const [packageName = ""] = resource.type.split(":");
      assert.match(resource.provider, new RegExp(`pulumi:providers:${packageName}::`), resource.name);
    }
  });

  it("T42: the provider of the cluster uses the configured context, and is the same cluster's in every stack", () => {
    const providers = examples
      .flatMap(({ registered }) => registered)
      .filter(({ type }) => type === "pulumi:providers:kubernetes");
    assert.equal(providers.length, 3);
    for (const { inputs } of providers) {
      assert.equal(inputs["context"], "default");
      assert.equal(inputs["clusterIdentifier"], "homelab");
    }
  });

  it("T20: no secret of any stack is written before there is an audit device", () => {
    const [, vault] = examples;
    const audit = vault?.registered.find(({ type }) => type === "vault:index/audit:Audit");
    assert.ok(vault && audit);
    // Without its engine a secret cannot be written, so what comes before the engine comes before each secret in it.
    const engines = vault.registered.filter(
      (each) => each.type === "vault:index/mount:Mount" && reaches(vault.registered, each, audit.urn),
    );
    const audited = engines.map(({ inputs }) => inputs["path"]);
    assert.deepEqual([...audited].sort(), ["idp", "idp-signing"]);
    const writes = examples
      .flatMap(({ registered }) => registered)
      .filter(({ type }) => /^vault:(kv|transit)/.test(type));
    assert.ok(writes.length >= 4);
    for (const { name, inputs } of writes) assert.ok(audited.includes(inputs["mount"] ?? inputs["backend"]), name);
  });

  it("T21: no provider gets a token of Vault, and no input of any stack is one", () => {
    for (const { type, name, inputs } of examples.flatMap(({ registered }) => registered)) {
      if (type === "pulumi:providers:vault") assert.ok(!("token" in inputs) && !("authLogin" in inputs));
      assert.doesNotMatch(JSON.stringify(inputs), /\bhv[sb]\.[A-Za-z0-9_-]{8}|"s\.[A-Za-z0-9]{24}/, name);
    }
  });

  it("T41: every custom resource comes after the release that brings its definition", () => {
    const [platform] = examples;
    assert.ok(platform);
    const owners: Readonly<Record<string, string>> = {
      "kubernetes:argoproj.io/v1alpha1:AppProject": "argo-cd",
      "kubernetes:argoproj.io/v1alpha1:ApplicationSet": "argo-cd",
      "kubernetes:argoproj.io/v1alpha1:EventBus": "argo-events",
      "kubernetes:cert-manager.io/v1:Certificate": "cert-manager",
      "kubernetes:cert-manager.io/v1:ClusterIssuer": "cert-manager",
    };
    const custom = platform.registered.filter(({ type }) => type in owners);
    assert.ok(custom.length >= 6);
    for (const resource of custom) {
      const release = platform.registered.find(
        ({ type, name }) => type === "kubernetes:helm.sh/v3:Release" && name === owners[resource.type],
      );
      assert.ok(release && reaches(platform.registered, resource, release.urn), resource.name);
    }
    const unowned = platform.registered.filter(
      ({ type }) => /argoproj\.io|cert-manager\.io|external-secrets\.io/.test(type) && !(type in owners),
    );
    assert.deepEqual(
      unowned.map(({ type }) => type),
      [],
    );
  });

  it("T16: no secret is in a plain input or in the public output", () => {
    for (const { registered, outputs } of examples) {
      const leaks = registered.flatMap(({ name, inputs, secretInputs }) =>
        Object.entries(inputs)
          .filter(([key, value]) => !secretInputs.includes(key) && JSON.stringify(value).includes("canary-"))
          .map(([key]) => `${name}.${key}`),
      );
      assert.deepEqual(leaks, []);
      assert.ok(!JSON.stringify(outputs["platform"] ?? {}).includes("canary-"));
    }
    const secretInputs = examples.flatMap(({ registered }) => registered.flatMap((resource) => resource.secretInputs));
    assert.ok(secretInputs.length > 5);
  });
});

/** The small components inside a component, each once. */
function partsOf({ resources }: ComponentPlan): readonly PlannedPart[] {
  return [...new Map(resources.flatMap(({ part }) => (part ? [[part.name, part] as const] : []))).values()];
}

/** What a plan speaks of: not the components, the providers and the reference to another stack. */
function isPlannable({ type }: Registration): boolean {
  return !/^(idp|pulumi):/.test(type);
}

function missing(needed: readonly (string | undefined)[], child: Registration, all: readonly Registration[]) {
  return needed.filter((urn) => urn === undefined || !reachesComponent(all, child, urn));
}

/** Whether a resource waits for the children of a component. */
function reachesComponent(all: readonly Registration[], from: Registration, component: string): boolean {
  return all.filter(({ parent }) => parent === component).every(({ urn }) => reaches(all, from, urn));
}
