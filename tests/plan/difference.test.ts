import assert from "node:assert/strict";
import { type Change, differencePlans } from "../../plan/difference";
import type { PlannedManifest } from "../../plan/planned-resource";
import type { ClusterPlan } from "../../plan/stack-plan";
import {
  aCluster,
  aComponent,
  aConfigMap,
  aProject,
  aProjectsStack,
  aRelease,
  aSecret,
  aStack,
  clusterOf,
} from "../support/plans";

describe("difference of two plans", () => {
  it("is empty for the same plan", () => {
    const plan = aCluster(
      aStack({ components: [aComponent("harbor", [aRelease(), aSecret()])] }),
      aProjectsStack(aProject("shop")),
    );
    assert.deepEqual(differencePlans(plan, plan), []);
  });

  it("names what is added, removed and changed, with the fields", () => {
    const before = clusterOf(aConfigMap("a", { key: "old", same: "x" }), aConfigMap("gone"));
    const after = clusterOf(aConfigMap("a", { key: "new", same: "x", more: "y" }), aConfigMap("new"));
    assert.deepEqual(differencePlans(before, after).map(brief), [
      "changed v1/ConfigMap shop/a manifest.data.key,manifest.data.more",
      "added v1/ConfigMap shop/new ",
      "removed v1/ConfigMap shop/gone ",
    ]);
    assert.deepEqual(differencePlans(before, after)[0]?.fields, [
      { path: "manifest.data.key", before: "old", after: "new" },
      { path: "manifest.data.more", after: "y" },
    ]);
  });

  it("compares the items of a list by their names when one comes or goes, and else by their numbers", () => {
    const list = (...items: readonly (readonly [string, number])[]) =>
      clusterOf(aConfigMap("a", { list: items.map(([name, value]) => ({ name, value })) }));
    const fields = (before: ClusterPlan, after: ClusterPlan) => differencePlans(before, after)[0]?.fields;
    assert.deepEqual(fields(list(["a", 1], ["b", 2], ["c", 3]), list(["b", 2], ["c", 4])), [
      { path: "manifest.data.list.a", before: { name: "a", value: 1 } },
      { path: "manifest.data.list.c.value", before: 3, after: 4 },
    ]);
    assert.deepEqual(fields(list(["a", 1]), list(["b", 1])), [
      { path: "manifest.data.list.0.name", before: "a", after: "b" },
    ]);
    assert.deepEqual(fields(list(["a", 1], ["a", 2]), list(["a", 1])), [
      { path: "manifest.data.list.1", before: { name: "a", value: 2 } },
    ]);
    assert.deepEqual(fields(list(["a", 1]), list()), [
      { path: "manifest.data.list", before: [{ name: "a", value: 1 }], after: [] },
    ]);
  });

  it("tells a project in the words of its file", () => {
    const before = aProject("shop");
    const [api] = before.applications;
    assert.ok(api);
    const after = aProject("shop", { applications: [{ ...api, port: 9090, addresses: [] }], databases: [] });
    assert.deepEqual(differencePlans(aCluster(aProjectsStack(before)), aCluster(aProjectsStack(after))).map(brief), [
      "changed application api addresses,port",
      "removed database mysql ",
    ]);
  });

  it("tells stacks, projects and components that are new or gone as a whole", () => {
    const empty = aCluster();
    const full = aCluster(
      aStack({ components: [aComponent("harbor", [aRelease()])] }),
      aProjectsStack(aProject("shop")),
    );
    assert.deepEqual(differencePlans(empty, full).map(brief), [
      "added stack homelab ",
      "added component harbor ",
      "added release harbor ",
      "added stack homelab-projects ",
      "added project shop ",
      "added application api ",
      "added database mysql ",
      "added apps/v1/StatefulSet shop/mysql ",
      "added v1/Secret shop/mysql-credentials ",
    ]);
    assert.ok(differencePlans(full, empty).every(({ change }) => change === "removed"));
  });

  it("tells a change of the nodes and of a role", () => {
    const before = aCluster(aStack());
    const after = { ...aCluster(aStack({ role: "vault" })), node: { ...before.node, memory: "32Gi" } };
    assert.deepEqual(differencePlans(before, after).map(brief), [
      "changed cluster homelab node.memory",
      "changed stack homelab role",
    ]);
  });

  it("shows a secret as its mark", () => {
    const after: PlannedManifest = {
      ...aSecret(),
      manifest: { ...aSecret().manifest, stringData: { password: "none" } },
    };
    assert.deepEqual(differencePlans(clusterOf(aSecret()), clusterOf(after))[0]?.fields, [
      { path: "manifest.stringData.password", before: "<secret shop-mysql-password>", after: "none" },
    ]);
  });
});

function brief({ change, type, name, fields }: Change): string {
  return `${change} ${type} ${name} ${fields.map(({ path }) => path).join(",")}`;
}
