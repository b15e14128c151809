import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { profileNames } from "../../../model/profiles";
import { planArgoCd } from "../../../plan/platform/argo-cd";
import { imageUpdaterValues } from "../../../plan/platform/argo-cd-image-updater";
import { platformArgs } from "../../../plan/platform/platform-args";
import type { PlannedRelease } from "../../../plan/planned-resource";
import { at } from "../../support/at";
import { someFacts, someSettings } from "../../support/cluster";
import { manifestsOf, plannedManifest } from "../../support/planned";

function planned(changes: object = {}, imageUpdater = true) {
  return planArgoCd(platformArgs(someSettings({ argoCd: { imageUpdater }, ...changes }), new Set()).argoCd);
}

function release(changes: object = {}): PlannedRelease {
  const found = planned(changes).resources.find(({ name }) => name === "argo-cd-image-updater");
  assert.ok(found?.kind === "release");
  return found;
}

const valuesOf = (changes: object = {}) => imageUpdaterValues({ facts: someFacts(changes), argoCd: "argo-cd" });

describe("plan of Argo CD Image Updater", () => {
  const values = valuesOf();

  it("is there only when a person asks for it", () => {
    const names = (imageUpdater: boolean) => planned({}, imageUpdater).resources.map(({ name }) => name);
    const added = names(true).filter((name) => !names(false).includes(name));
    assert.deepEqual(added, [
      "argo-cd-allow-image-updater",
      "argo-cd-allow-image-updater-to-this-cluster",
      "argo-cd-image-updater-role",
      "argo-cd-image-updater-binding",
      "argo-cd-image-updater",
    ]);
    assert.equal(platformArgs(someSettings(), new Set()).argoCd.imageUpdater, false);
  });

  it("T31: reads no Secret but those that projects let it read, and changes no Application", () => {
    assert.deepEqual([at(values, "rbac", "enabled"), at(values, "createClusterRoles")], [false, false]);
    const { rules } = plannedManifest(planned(), "argo-cd-image-updater-role").manifest;
    const text = JSON.stringify(rules);
    assert.doesNotMatch(text, /secrets|configmaps|\*/);
    const list: readonly unknown[] = Array.isArray(rules) ? rules : [];
    const applications = list.find((rule) => JSON.stringify(rule).includes('"applications"'));
    assert.deepEqual(at(applications, "verbs"), ["get", "list", "watch"]);
    const subjects = at(plannedManifest(planned(), "argo-cd-image-updater-binding").manifest, "subjects");
    const account = { kind: "ServiceAccount", name: "argocd-image-updater", namespace: "argocd" };
    assert.deepEqual(subjects, [account]);
    assert.equal(at(values, "serviceAccount", "name"), account.name);
  });

  it("trusts the lab's authority where that signs, by the certificate of Argo CD's host and without its key", () => {
    const volume = at(values, "volumes", 0);
    assert.deepEqual(at(volume, "secret"), { secretName: "argo-cd-tls", items: [{ key: "ca.crt", path: "lab.crt" }] });
    const folder = String(at(values, "volumeMounts", 0, "mountPath"));
    assert.equal(at(values, "extraEnv", 0, "value"), `/etc/ssl/certs:${folder}`);
    const [certificate] = manifestsOf(planned(), "Certificate");
    assert.equal(at(certificate, "spec", "secretName"), at(volume, "secret", "secretName"));
    assert.ok(release().dependsOn?.includes("argo-cd-route-certificate"));
    const tls = { mode: "acme", email: "ann@example.com", challenge: { type: "http01" } };
    for (const other of [{ tls }, { tls: { mode: "traefik" } }]) {
      assert.equal(at(valuesOf(other), "volumes"), undefined);
      assert.ok(!release(other).dependsOn?.includes("argo-cd-route-certificate"));
    }
  });

  it("leaves its kind in place when it is removed, since ImageUpdaters of projects may be there", () => {
    assert.deepEqual(at(values, "crds"), { install: true, keep: true });
  });

  it("says in its commits what it released", () => {
    assert.match(String(at(values, "config", "git.commit-message-template")), /^release \{\{ \.AppName \}\}/);
  });

  it("T10: pulls its image through the mirror, and only when the node has none", () => {
    const mirrored = valuesOf({ imageRegistry: "mirror.lab.example/proxy" });
    assert.equal(
      at(mirrored, "image", "repository"),
      "mirror.lab.example/proxy/quay.io/argoprojlabs/argocd-image-updater",
    );
    assert.equal(at(mirrored, "image", "pullPolicy"), "IfNotPresent");
  });

  it("T14: has requests and a memory limit in every profile, and counts in the footprint", () => {
    for (const profile of profileNames) {
      const { resources } = valuesOf({ profile });
      assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/);
      assert.match(String(at(resources, "limits", "memory")), /^\d+Mi$/);
    }
    const names = planned().workloads.map(({ name }) => name);
    assert.equal(names.at(-1), "argo-cd-image-updater");
    assert.equal(names.length, planned({}, false).workloads.length + 1);
  });

  it("T41: comes after Argo CD, whose kinds it reads", () => {
    assert.deepEqual(release().dependsOn?.slice(0, 1), ["argo-cd"]);
  });

  it("T43: the chart is exactly the catalog's", () => {
    const { repository, chart, version } = charts["argocd-image-updater"];
    assert.deepEqual(release().source, { repository, chart, version });
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it("reaches git, the API server and Traefik, and nobody reaches it from outside", () => {
    const egress = plannedManifest(planned(), "argo-cd-allow-image-updater").manifest;
    assert.deepEqual(at(egress, "spec", "podSelector", "matchLabels"), {
      "app.kubernetes.io/name": "argocd-image-updater",
    });
    const ports = at(egress, "spec", "egress", 0, "ports");
    assert.deepEqual(
      (Array.isArray(ports) ? ports : []).map((port) => at(port, "port")),
      [22, 443, 6443],
    );
    assert.equal(at(egress, "spec", "ingress"), undefined);
  });
});
