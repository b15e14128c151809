import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { argoEventsValues, planArgoEvents } from "../../../plan/platform/argo-events";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

const someArgs = (changes: object = {}) => ({ facts: someFacts(changes), busStorage: "1Gi", busMaxAge: "72h" });

describe("plan of Argo Events", () => {
  const plan = planArgoEvents(someArgs());
  const bus = plannedManifest(plan, "argo-events-bus");

  it("has one JetStream bus of one pod, and no native NATS", () => {
    assert.equal(manifestsOf(plan, "EventBus").length, 1);
    assert.equal(at(bus.manifest, "spec", "nats"), undefined);
    const jetstream = at(bus.manifest, "spec", "jetstream");
    assert.equal(at(jetstream, "version"), "2.10.10");
    assert.equal(at(jetstream, "replicas"), 1);
  });

  it("limits the stream to one replica, the age, and half of the volume as a number of bytes", () => {
    const streamConfig = at(bus.manifest, "spec", "jetstream", "streamConfig");
    assert.equal(streamConfig, "replicas: 1\nmaxAge: 72h\nmaxBytes: 536870912\n");
  });

  it("tells the controller about the version of the bus and no other", () => {
    const { configs } = argoEventsValues(someFacts());
    assert.equal(at(configs, "jetstream", "versions", 0, "version"), at(bus.manifest, "spec", "jetstream", "version"));
    assert.equal(at(configs, "jetstream", "versions", 1), undefined);
  });

  it("tells the controller about one version of native NATS, without which it does not start", () => {
    const versions = at(argoEventsValues(someFacts()), "configs", "nats", "versions");
    assert.equal(at(versions, 0, "version"), "0.22.1");
    assert.equal(at(versions, 1), undefined);
  });

  it("T10: every image has an exact tag and comes through the mirror", () => {
    const values = argoEventsValues(someFacts({ imageRegistry: "mirror.lab.example/proxy" }));
    const native = at(values, "configs", "nats", "versions", 0);
    for (const image of ["natsStreamingImage", "metricsExporterImage"])
      assert.match(String(at(native, image)), /^mirror\.lab\.example\/proxy\/docker\.io\/[a-z/-]+:\d+\.\d+\.\d+$/);
    const version = at(values, "configs", "jetstream", "versions", 0);
    for (const image of ["natsImage", "metricsExporterImage", "configReloaderImage"]) {
      assert.match(String(at(version, image)), /^mirror\.lab\.example\/proxy\/docker\.io\/[a-z/-]+:\d+\.\d+\.\d+$/);
    }
    const controller = at(values, "global", "image", "repository");
    assert.equal(controller, "mirror.lab.example/proxy/quay.io/argoproj/argo-events");
  });

  it("T11: its namespace enforces the restricted level of a pinned version", () => {
    const [namespace, ...others] = manifestsOf(plan, "Namespace");
    assert.equal(others.length, 0);
    assert.equal(at(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce"), "restricted");
    const version = at(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce-version");
    assert.match(String(version), /^v1\.\d+$/);
  });

  it("T12: the bus's pod meets the restricted level and has no token for the Kubernetes API", () => {
    const jetstream = at(bus.manifest, "spec", "jetstream");
    assert.equal(at(jetstream, "securityContext", "runAsNonRoot"), true);
    assert.equal(at(jetstream, "securityContext", "seccompProfile", "type"), "RuntimeDefault");
    for (const template of ["containerTemplate", "reloaderContainerTemplate", "metricsContainerTemplate"]) {
      assert.equal(at(jetstream, template, "securityContext", "allowPrivilegeEscalation"), false, template);
      assert.deepEqual(at(jetstream, template, "securityContext", "capabilities"), { drop: ["ALL"] }, template);
    }
    const account = plannedManifest(plan, "argo-events-bus-account").manifest;
    assert.equal(account["automountServiceAccountToken"], false);
    assert.equal(at(jetstream, "serviceAccountName"), account.metadata.name);
  });

  it("T14: every container has requests and a memory limit; the bus counts as one pod of three", () => {
    const jetstream = at(bus.manifest, "spec", "jetstream");
    const controller = at(argoEventsValues(someFacts()), "controller");
    const templates = ["containerTemplate", "reloaderContainerTemplate", "metricsContainerTemplate"];
    for (const container of [controller, ...templates.map((template) => at(jetstream, template))]) {
      assert.match(String(at(container, "resources", "requests", "cpu")), /^\d+m$/);
      assert.match(String(at(container, "resources", "requests", "memory")), /^\d+Mi$/);
      assert.match(String(at(container, "resources", "limits", "memory")), /^\d+Mi$/);
    }
    const { workloads } = planArgoEvents(someArgs({ profile: "nano" }));
    assert.deepEqual(workloads, [
      { name: "argo-events-controller", replicas: 1, requests: { cpu: "20m", memory: "96Mi" } },
      { name: "event-bus", replicas: 1, requests: { cpu: "40m", memory: "80Mi" } },
    ]);
  });

  it("T35: planned twice is the same", () => {
    assert.deepEqual(planArgoEvents(someArgs()), plan);
  });

  it("T41: the bus comes after the release that knows its kind", () => {
    assert.ok(bus.dependsOn?.includes(releaseOf(plan).name));
  });

  it("T43: the chart is exactly the catalog's, above the version with the known vulnerability", () => {
    const { repository, chart, version, appVersion, floor } = charts["argo-events"];
    assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
    assert.ok(appVersion.localeCompare(floor.appVersion, "en", { numeric: true }) >= 0);
  });

  it("lets only the controller out to the Kubernetes API", () => {
    const policy = plannedManifest(plan, "argo-events-allow-kubernetes-api").manifest;
    assert.deepEqual(at(policy, "spec", "podSelector", "matchLabels"), {
      "app.kubernetes.io/name": "argo-events-controller-manager",
    });
  });
});
