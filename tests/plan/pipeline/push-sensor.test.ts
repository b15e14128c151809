import assert from "node:assert/strict";
import { pushEventName } from "../../../model/names";
import { at } from "../../support/at";
import { only, pushResources } from "../../support/push/push-objects";
import { manifestsOf } from "../../support/some-project";

describe("Sensor of a cluster", () => {
  it("T01: makes Workflows where projects are built and released, and may do nothing else anywhere", () => {
    const resources = pushResources();
    const account = at(only(resources, "Sensor"), "spec", "template", "serviceAccountName");
    const role = only(resources, "Role");
    assert.deepEqual(at(role, "metadata", "namespace"), "releases");
    assert.deepEqual(at(role, "rules"), [{ apiGroups: ["argoproj.io"], resources: ["workflows"], verbs: ["create"] }]);
    const binding = only(resources, "RoleBinding");
    assert.deepEqual(at(binding, "roleRef", "name"), at(role, "metadata", "name"));
    assert.deepEqual(at(binding, "subjects"), [{ kind: "ServiceAccount", name: account, namespace: "argo-events" }]);
    assert.deepEqual(manifestsOf(resources, "ClusterRoleBinding"), []);
    const users = resources.filter(
      (resource) => at(resource, "manifest", "spec", "template", "serviceAccountName") === account,
    );
    assert.deepEqual(
      users.map(({ name }) => name),
      ["pipeline.sensor"],
    );
  });

  it("has one trigger, which any application pulls with its own Workflow", () => {
    const sensor = only(pushResources(), "Sensor");
    const names = [pushEventName("shop", "api"), pushEventName("shop", "web"), pushEventName("shop-next", "api")];
    const [trigger, ...others] = [at(sensor, "spec", "triggers")].flat();
    assert.equal(others.length, 0);
    assert.equal(at(trigger, "template", "conditions"), names.join("||"));
    assert.deepEqual(
      at(trigger, "parameters"),
      names.map((dependencyName) => ({
        src: { dependencyName, dataKey: "workflow" },
        dest: "k8s.source.inline",
      })),
    );
    assert.deepEqual([at(trigger, "atLeastOnce"), at(trigger, "template", "k8s", "operation")], [true, "create"]);
  });

  it("holds no call up for longer than 31 seconds, since a commit that is built already is one that fails", () => {
    const { steps, duration, factor, jitter } = { steps: 6, duration: "1s", factor: 2, jitter: 0 };
    const retries = at(only(pushResources(), "Sensor"), "spec", "triggers", 0, "retryStrategy");
    assert.deepEqual(retries, { steps, duration, factor, jitter });
    const waits = Array.from({ length: steps - 1 }, (_, index) => Number.parseInt(duration) * factor ** index);
    assert.equal(
      waits.reduce((sum, wait) => sum + wait),
      31,
    );
  });

  it("reads its rules from files that are no part of it", () => {
    const resources = pushResources();
    const template = at(only(resources, "Sensor"), "spec", "template");
    const map = only(resources, "ConfigMap");
    assert.deepEqual(at(template, "volumes", 0, "configMap", "name"), at(map, "metadata", "name"));
    assert.equal(at(template, "container", "volumeMounts", 0, "readOnly"), true);
    // A change of a file below `subPath` would never reach the pod.
    assert.equal(at(template, "container", "volumeMounts", 0, "subPath"), undefined);
  });
});
