import assert from "node:assert/strict";
import fc from "fast-check";
import { heldData, losses } from "../../../plan/kept-data";
import { differencePlans } from "../../../plan/difference";
import { planProject } from "../../../plan/projects/project";
import { at } from "../../support/at";
import { delivered, gitOpsFiles } from "../../support/delivered";
import { aCluster, clusterOf } from "../../support/plans";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";
import { planOf } from "../../support/staged-files";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const secrets = { SESSION_KEY: "generated", STRIPE_KEY: "entered" };
const databases = [{ name: "db", type: "postgres", version: "17", size: "1Gi" }];
const environments = [{ name: "develop", branch: "develop" }];
const api = { name: "api", port: 8080, git, secrets, uses: ["db"] };

function planWith(more: object) {
  return planProject(someProject({ applications: [{ ...api, ...more }], databases }), someCluster);
}

/** What of an application's file depends on its rotation. */
function namesIn(plan: ReturnType<typeof planWith>) {
  const [file] = gitOpsFiles(plan.component.resources);
  assert.ok(file);
  const [secret, ...others] = delivered(file, "ExternalSecret");
  assert.ok(secret && others.length === 0);
  const env = at(delivered(file, "Deployment")[0], "spec", "template", "spec", "containers", 0, "env");
  const read = (Array.isArray(env) ? env : []).map((one: unknown) => at(one, "valueFrom", "secretKeyRef", "name"));
  const target = at(secret, "spec", "target", "name");
  return { names: [secret.metadata.name, target, ...new Set(read.filter((name) => name !== undefined))], file, secret };
}

function stackOf(rotation: number, environment: object = {}) {
  const application = { ...api, rotation, environments: environments.map((one) => ({ ...one, ...environment })) };
  return planOf([{ name: "shop", content: { applications: [application], databases } }]);
}

/** Rotation of each generated secret, and names of the application's Secret in each project. */
function rotationsOf(stack: ReturnType<typeof stackOf>) {
  return stack.projects.map(({ name, component }) => {
    const password = component.resources.find((one) => one.name === `${name}.api.secret-SESSION_KEY`);
    assert.ok(password?.kind === "password");
    const [file] = gitOpsFiles(component.resources);
    return [name, password.rotation ?? 0, file && delivered(file, "ExternalSecret")[0]?.metadata.name];
  });
}

describe("rotation of an application's secrets", () => {
  it("of 0 is as if there were none, and any other number is in the names of Secret and ExternalSecret and in the pods", () => {
    assert.deepEqual(planWith({ rotation: 0 }), planWith({}));
    const expected = ["api-environment", "api-environment-1", "api-environment-2"];
    for (const [rotation, name] of expected.entries()) {
      assert.deepEqual(namesIn(planWith({ rotation })).names, [name, name, name]);
    }
  });

  it("makes new passwords of the generated secrets alone, and writes them before the file that new pods are made of", () => {
    for (const rotation of [0, 1, 2]) {
      const { resources } = planWith({ rotation }).component;
      const rotated = resources.filter((one) => one.kind === "password" && one.rotation !== undefined);
      assert.deepEqual(
        rotated.map((one) => [one.name, at(one, "rotation")]),
        rotation === 0 ? [] : [["shop.api.secret-SESSION_KEY", rotation]],
      );
      const { file } = namesIn(planWith({ rotation }));
      assert.deepEqual(file.dependsOn, ["shop.api.secrets"]);
      const order = ["shop.api.secret-SESSION_KEY", "shop.api.secrets", file.name];
      const places = order.map((name) => resources.findIndex((one) => one.name === name));
      assert.ok(!places.includes(-1));
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      );
    }
  });

  it("does not wait for what is not there: an application without generated secrets", () => {
    const { names, file } = namesIn(planWith({ secrets: { STRIPE_KEY: "entered" }, rotation: 3 }));
    assert.equal(file.dependsOn, undefined);
    assert.deepEqual(new Set(names), new Set(["api-environment-3"]));
  });

  it("T22: protects what holds a value in Vault, and a database's password, but not what it has to make anew", () => {
    const protection: Readonly<Record<string, true | undefined>> = {
      "shop.api.secret-SESSION_KEY": undefined,
      "shop.api.secrets": true,
      "shop.db.password": true,
      "shop.db.root-password": true,
    };
    for (const rotation of [0, 1]) {
      const { resources } = planWith({ rotation }).component;
      const found = resources.filter(({ name }) => name in protection);
      assert.deepEqual(Object.fromEntries(found.map(({ name, protect }) => [name, protect])), protection);
    }
  });

  it("T23: reads by the store of the namespace, whatever the number, whose token is made out for Vault", () => {
    const plan = planWith({ rotation: 4 });
    const [store, ...others] = manifestsOf(plan.component.resources, "SecretStore");
    assert.deepEqual(others, []);
    const account = ["spec", "provider", "vault", "auth", "kubernetes", "serviceAccountRef"];
    assert.deepEqual(at(store?.manifest, ...account, "audiences"), ["vault"]);
    const { secret } = namesIn(plan);
    assert.deepEqual(at(secret, "spec", "secretStoreRef"), {
      kind: "SecretStore",
      name: store?.manifest.metadata.name,
    });
    assert.equal(at(secret, "metadata", "namespace"), at(store?.manifest, "metadata", "namespace"));
  });

  it("T27: keeps the Secret of the pods before until the new ones answer", () => {
    for (const rotation of [0, 1]) {
      const { secret } = namesIn(planWith({ rotation }));
      assert.deepEqual(at(secret, "metadata", "annotations"), { "argocd.argoproj.io/sync-options": "PruneLast=true" });
    }
  });

  it("T26: loses nothing: what Vault holds has the same places and keys", () => {
    const [before, after] = [planWith({ rotation: 1 }), planWith({ rotation: 2 })];
    assert.deepEqual(after.vaultSecrets, before.vaultSecrets);
    assert.deepEqual(losses(heldData([before]), heldData([after])), []);
    const [gone] = losses(heldData([before]), heldData([planWith({ rotation: 2, secrets: {} })]));
    assert.ok(gone?.datum.kind === "secret");
  });

  it("T26: raised, it is told as what it changes, without a loss", () => {
    const changes = differencePlans(aCluster(stackOf(0)), aCluster(stackOf(1, { rotation: 0 })));
    assert.deepEqual(
      changes.map(({ change, type, name }) => `${change} ${type} ${name}`),
      ["changed password shop.api.secret-SESSION_KEY", "changed github-file shop.api.application-file"],
    );
    assert.deepEqual(
      changes.flatMap(({ dataLoss, warnings }) => [...dataLoss, ...warnings]),
      [],
    );
    assert.deepEqual(changes[0]?.fields, [{ path: "rotation", after: 1 }]);
    const variable = (index: number) =>
      `Deployment api: spec.template.spec.containers.0.env.${index}.valueFrom.secretKeyRef.name`;
    assert.deepEqual(
      changes[1]?.fields.map(({ path }) => path),
      ["ExternalSecret api-environment-1", ...[0, 1, 2].map(variable), "ExternalSecret api-environment"],
    );
  });

  it("lowered, it is warned of, since pods may keep old values", () => {
    const password = (rotation: number) => clusterOf({ kind: "password", name: "a", length: 32, rotation });
    const warnings = (before: number, after: number) =>
      differencePlans(password(before), password(after)).flatMap((one) => one.warnings);
    assert.deepEqual(warnings(2, 1), [
      "`rotation` goes back from 2 to 1, by which pods may keep old values; use 3 for new ones",
    ]);
    assert.deepEqual([warnings(1, 2), warnings(2, 2)], [[], []]);
  });

  it("is warned of where it can change nothing", () => {
    const warnings = (more: object) => planWith(more).component.warnings.filter((text) => text.includes("rotation"));
    assert.deepEqual(warnings({ rotation: 1, secrets: {}, uses: [] }), [
      "shop/api: `rotation` changes nothing, since the application has no secrets and uses no database; give it `secrets`, or remove it",
    ]);
    for (const more of [{}, { rotation: 1 }, { rotation: 1, secrets: {} }, { rotation: 1, uses: [] }])
      assert.deepEqual(warnings(more), []);
  });

  it("is that of the application in an environment too, unless it says another one", () => {
    assert.deepEqual(rotationsOf(stackOf(2)), [
      ["shop", 2, "api-environment-2"],
      ["shop-develop", 2, "api-environment-2"],
    ]);
    assert.deepEqual(rotationsOf(stackOf(2, { rotation: 5 })), [
      ["shop", 2, "api-environment-2"],
      ["shop-develop", 5, "api-environment-5"],
    ]);
  });

  it("T07: no two applications of a project ever have the same Secret, whatever their names and rotations", () => {
    const name = fc.constantFrom("a", "a-1", "a-environment", "a-environment-a", "b");
    const row = fc.record({ name, rotation: fc.constantFrom(0, 1, 2, 11) });
    const rows = fc.uniqueArray(row, { selector: (one) => one.name, minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(rows, (items) => {
        const applications = items.map((item) => ({ ...api, uses: [], ...item }));
        const { resources } = planProject(someProject({ applications }), someCluster).component;
        const found = gitOpsFiles(resources).map((file) => delivered(file, "ExternalSecret")[0]?.metadata.name);
        assert.equal(new Set(found).size, items.length);
      }),
      { numRuns: 30 },
    );
  });
});
