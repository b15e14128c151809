import assert from "node:assert/strict";
import { planPushAccounts } from "../../../../plan/pipeline/push-access";
import { planSensorAccess } from "../../../../plan/projects/builds/sensor-access";
import { planTenancy } from "../../../../plan/projects/tenancy";
import { at } from "../../../support/at";
import { applicationOf } from "../../../support/some-repository";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

describe("right of the Sensor in a project", () => {
  const project = someProject({ applications: [applicationOf("api", "api")] });
  const { resources, warnings } = planSensorAccess(project);

  it("T01: is to create Workflows in the build namespace, and nothing else", () => {
    assert.deepEqual(warnings, []);
    assert.equal(resources.length, 2);
    const [role] = manifestsOf(resources, "Role");
    const [binding] = manifestsOf(resources, "RoleBinding");
    assert.deepEqual(at(role?.manifest, "rules"), [
      { apiGroups: ["argoproj.io"], resources: ["workflows"], verbs: ["create"] },
    ]);
    for (const planned of [role, binding])
      assert.deepEqual(planned?.manifest.metadata, {
        name: "push-sensor",
        namespace: "shop-build",
        labels: { "app.kubernetes.io/part-of": "shop" },
      });
    assert.deepEqual(at(binding?.manifest, "roleRef"), {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Role",
      name: "push-sensor",
    });
  });

  it("T01: is the account's that the Sensor alone runs as", () => {
    const [binding] = manifestsOf(resources, "RoleBinding");
    const accounts = manifestsOf(planPushAccounts(), "ServiceAccount").map(({ manifest: { kind, metadata } }) => ({
      ...{ kind, name: metadata.name, namespace: metadata["namespace"] },
    }));
    assert.deepEqual(at(binding?.manifest, "subjects"), [{ kind: "ServiceAccount", ...accounts[1] }]);
    assert.equal(accounts[1]?.name, "push-sensor");
  });

  it("is in a namespace that the project has", () => {
    const made = manifestsOf(planTenancy(project, someCluster).resources, "Namespace");
    const [role] = manifestsOf(resources, "Role");
    assert.ok(made.some(({ manifest }) => manifest.metadata.name === role?.manifest.metadata["namespace"]));
  });

  it("is not there when nothing is built", () => {
    assert.deepEqual(planSensorAccess(someProject()), { resources: [], warnings: [] });
  });
});
