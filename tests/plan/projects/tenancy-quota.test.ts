import assert from "node:assert/strict";
import { quantity } from "../../../model/quantity";
import { planDatabase } from "../../../plan/projects/database";
import { planTenancy } from "../../../plan/projects/tenancy";
import { at } from "../../support/at";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

const namespaces = ["shop", "shop-build"] as const;

describe("quota of a project", () => {
  it("T14: bounds both namespaces, and opens no port of a node and no address of the house", () => {
    for (const kind of ["ResourceQuota", "LimitRange"]) {
      const found = manifestsOf(planTenancy(someProject(), someCluster).resources, kind);
      assert.deepEqual(
        found.map(({ manifest }) => manifest.metadata["namespace"]),
        namespaces,
      );
    }
    for (const namespace of namespaces) {
      assert.equal(at(hard(namespace), "services.nodeports"), "0");
      assert.equal(at(hard(namespace), "services.loadbalancers"), "0");
    }
  });

  it("T14: is half of all nodes' CPU and memory unless the file says more, and twice the memory in limits", () => {
    assert.deepEqual(hard("shop"), {
      ...{ "requests.cpu": "2", "requests.memory": "8Gi", "limits.memory": "16Gi" },
      ...{ "requests.storage": "100Gi", pods: "50" },
      ...{ "services.nodeports": "0", "services.loadbalancers": "0" },
    });
    const nodes = { cpu: "3", memory: "7Gi", count: 3 };
    assert.equal(at(hard("shop", {}, nodes), "requests.cpu"), "4500m");
    assert.equal(at(hard("shop", {}, nodes), "requests.memory"), "10752Mi");
  });

  for (const { field, value, changed } of [
    { field: "cpu", value: "1.5", changed: { "requests.cpu": "1500m" } },
    { field: "memory", value: "1.5Gi", changed: { "requests.memory": "1536Mi", "limits.memory": "3Gi" } },
    { field: "storage", value: "20Gi", changed: { "requests.storage": "20Gi" } },
    { field: "pods", value: 7, changed: { pods: "7" } },
  ]) {
    it(`T14: takes \`quota.${field}\` from the file, and changes nothing else`, () => {
      const before = hard("shop");
      assert.deepEqual(hard("shop", { [field]: value }), { ...Object(before), ...changed });
      assert.deepEqual(hard("shop-build", { [field]: value }), hard("shop-build"));
    });
  }

  it("T14: gives builds half of one node, ten pods and no volume", () => {
    const given = hard("shop-build", {}, { cpu: "4", memory: "16Gi", count: 3 });
    assert.deepEqual(given, {
      ...{ "requests.cpu": "2", "requests.memory": "8Gi", "limits.memory": "16Gi" },
      ...{ "requests.storage": "0", pods: "10" },
      ...{ "services.nodeports": "0", "services.loadbalancers": "0" },
    });
  });

  it("T14: gives a container that says nothing all that the quota counts, so that it is admitted", () => {
    for (const namespace of namespaces) {
      const [container, claim] = limits(namespace);
      assert.equal(at(container, "type"), "Container");
      const [request, limit] = [at(container, "defaultRequest"), at(container, "default")];
      assert.ok(quantity(String(at(request, "cpu"))) > 0);
      assert.ok(quantity(String(at(request, "memory"))) <= quantity(String(at(limit, "memory"))));
      assert.deepEqual(claim, { type: "PersistentVolumeClaim", min: { storage: "64Mi" } });
    }
  });

  it("T14: every database's container says what it requests and where its memory ends", () => {
    const project = someProject({ databases: everyDatabase() });
    for (const database of project.databases) {
      const [set] = manifestsOf(planDatabase(project, database, someCluster).resources, "StatefulSet");
      const resources = at(set, "manifest", "spec", "template", "spec", "containers", 0, "resources");
      for (const path of [
        ["requests", "cpu"],
        ["requests", "memory"],
        ["limits", "memory"],
      ])
        assert.ok(quantity(String(at(resources, ...path))) > 0, `${database.name} ${path.join(".")}`);
    }
  });
});

function hard(namespace: string, quota: object = {}, node = someCluster.node): unknown {
  const { resources } = planTenancy(someProject({ quota }), { ...someCluster, node });
  const found = manifestsOf(resources, "ResourceQuota").find(
    ({ manifest }) => manifest.metadata["namespace"] === namespace,
  );
  return at(found, "manifest", "spec", "hard");
}

function limits(namespace: string): readonly unknown[] {
  const found = manifestsOf(planTenancy(someProject(), someCluster).resources, "LimitRange").find(
    ({ manifest }) => manifest.metadata["namespace"] === namespace,
  );
  const list = at(found, "manifest", "spec", "limits");
  return Array.isArray(list) ? list : [];
}
