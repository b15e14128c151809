import assert from "node:assert/strict";
import { databaseEngines } from "../../../model/database-engines";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import { at } from "../../support/at";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

describe("network of a project", () => {
  const project = someProject({ databases: everyDatabase() });
  const { resources } = planProject(project, someCluster).component;
  const policies = manifestsOf(resources, "NetworkPolicy");

  it("T13: denies everything in both directions first", () => {
    assert.deepEqual(at(policyNamed("default-deny"), "manifest", "spec"), {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it("T13: allows DNS, the way to databases and the port of each type, and nothing else", () => {
    assert.deepEqual(policies.map(({ manifest }) => manifest.metadata.name).sort(), [
      "allow-dns",
      "allow-into-mongodb",
      "allow-into-mysql",
      "allow-into-postgres",
      "allow-into-redis",
      "allow-to-databases",
      "default-deny",
    ]);
  });

  it("T13: admits no other namespace, and no address", () => {
    for (const { manifest } of policies) {
      const text = JSON.stringify(at(manifest, "spec"));
      assert.doesNotMatch(text, /ipBlock/);
      const namespaces = [...text.matchAll(/"kubernetes\.io\/metadata\.name":"([^"]*)"/g)].map(([, name]) => name);
      assert.deepEqual(namespaces, manifest.metadata.name === "allow-dns" ? ["kube-system"] : []);
      assert.equal(text.includes("namespaceSelector"), manifest.metadata.name === "allow-dns");
    }
  });

  it("T13: opens every database to its own namespace on its engine's port, and on no other", () => {
    for (const set of manifestsOf(resources, "StatefulSet")) {
      const labels = at(set.manifest, "spec", "template", "metadata", "labels");
      const open = policies.filter(({ manifest }) => isIngressFor(manifest, labels));
      assert.equal(open.length, 1, set.name);
      const type = project.databases.find(({ name }) => name === set.manifest.metadata.name)?.type;
      assert.ok(type);
      assert.deepEqual(at(open[0], "manifest", "spec", "ingress"), [
        { from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: databaseEngines[type].port }] },
      ]);
    }
  });

  it("T13: lets pods leave for the databases of their own namespace", () => {
    assert.deepEqual(at(policyNamed("allow-to-databases"), "manifest", "spec", "egress"), [
      { to: [{ podSelector: { matchLabels: { "app.kubernetes.io/component": "database" } } }] },
    ]);
  });

  it("has no rule for databases that are not there", () => {
    const bare = manifestsOf(planProject(someProject(), someCluster).component.resources, "NetworkPolicy");
    assert.deepEqual(
      bare.map(({ manifest }) => manifest.metadata.name),
      ["default-deny", "allow-dns", "allow-to-databases"],
    );
  });

  function policyNamed(name: string): PlannedManifest | undefined {
    return policies.find(({ manifest }) => manifest.metadata.name === name);
  }
});

/** Whether a policy lets someone in to pods with these labels. */
function isIngressFor(policy: unknown, labels: unknown): boolean {
  const wanted = at(policy, "spec", "podSelector", "matchLabels");
  if (at(policy, "spec", "ingress") === undefined || typeof wanted !== "object" || wanted === null) return false;
  return Object.entries(wanted).every(([key, value]) => at(labels, key) === value);
}
