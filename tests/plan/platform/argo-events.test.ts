import assert from "node:assert/strict";
import { argoEventsValues, planArgoEvents } from "../../../plan/platform/argo-events";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";

describe("plan of Argo Events", () => {
  const plan = planArgoEvents({ facts: someFacts(), busStorage: "1Gi", busMaxAge: "72h" });

  it("has one JetStream bus of one pod, and no native NATS", () => {
    const bus = plan.resources.find((resource) => resource.name === "argo-events-bus");
    assert.ok(bus?.kind === "manifest");
    assert.equal(at(bus.manifest, "spec", "nats"), undefined);
    const jetstream = at(bus.manifest, "spec", "jetstream");
    assert.equal(at(jetstream, "version"), "2.10.10");
    assert.equal(at(jetstream, "replicas"), 1);
    assert.equal(at(jetstream, "streamConfig"), "replicas: 1\nmaxAge: 72h\n");
    assert.deepEqual(bus.dependsOn, ["argo-events"]);
  });

  it("tells the controller about the version of the bus and no other", () => {
    const { configs } = argoEventsValues(someFacts());
    assert.deepEqual(at(configs, "nats", "versions"), []);
    assert.equal(at(configs, "jetstream", "versions", 0, "version"), "2.10.10");
    assert.equal(at(configs, "jetstream", "versions", 1), undefined);
  });
});
