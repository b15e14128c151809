import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { profileNames } from "../../../model/profiles";
import { externalSecretsValues, planExternalSecrets } from "../../../plan/platform/external-secrets";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

describe("plan of External Secrets Operator", () => {
  const plan = planExternalSecrets({ facts: someFacts() });
  const values = externalSecretsValues(someFacts());

  it("may not act as other service accounts, and gives nobody rights of its own kinds", () => {
    assert.equal(at(values, "rbac", "serviceAccountTokenCreate"), false);
    assert.deepEqual(
      ["aggregateToView", "aggregateToEdit", "aggregateToAdmin"].map((key) => at(values, "rbac", key)),
      [false, false, false],
    );
    assert.equal(at(values, "rbac", "servicebindings", "create"), false);
  });

  it("T23: knows no store of the whole cluster, and writes nothing into Vault", () => {
    for (const kind of [
      "ClusterExternalSecret",
      "ClusterSecretStore",
      "ClusterGenerator",
      "ClusterPushSecret",
      "PushSecret",
    ]) {
      assert.equal(at(values, "crds", `create${kind}`), false, kind);
    }
    for (const controller of [
      "ClusterExternalSecret",
      "ClusterStore",
      "ClusterGenerator",
      "ClusterPushSecret",
      "PushSecret",
    ]) {
      assert.equal(at(values, `process${controller}`), false, controller);
    }
    assert.equal(at(values, "processSecretStore"), undefined);
    assert.equal(at(values, "scopedRBAC"), false);
  });

  it("runs one pod, which leads alone", () => {
    assert.equal(at(values, "webhook", "create"), false);
    assert.equal(at(values, "certController", "create"), false);
    assert.equal(at(values, "leaderElect"), true);
    assert.deepEqual(
      plan.workloads.map(({ name, replicas }) => [name, replicas]),
      [["external-secrets", 1]],
    );
  });

  it("leaves its kinds in place when it is removed", () => {
    assert.equal(at(values, "installCRDs"), true);
    assert.deepEqual(at(values, "crds", "annotations"), { "helm.sh/resource-policy": "keep" });
  });

  it("T10: pulls its image through the mirror", () => {
    const mirrored = externalSecretsValues(someFacts({ imageRegistry: "mirror.lab.example/proxy" }));
    const repository = at(mirrored, "image", "repository");
    assert.equal(repository, "mirror.lab.example/proxy/ghcr.io/external-secrets/external-secrets");
  });

  it("T11: its namespace enforces the restricted level of a pinned version", () => {
    const labels = at(plannedManifest(plan, "external-secrets-namespace").manifest, "metadata", "labels");
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
    assert.match(String(at(labels, "pod-security.kubernetes.io/enforce-version")), /^v1\.\d+$/);
  });

  it("T14: its container has requests and a memory limit, in every profile", () => {
    for (const profile of profileNames) {
      const { resources } = externalSecretsValues(someFacts({ profile }));
      assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/);
      assert.match(String(at(resources, "requests", "memory")), /^\d+[MG]i$/);
      assert.match(String(at(resources, "limits", "memory")), /^\d+[MG]i$/);
    }
  });

  it("T43: takes the chart from the catalog, at an exact version", () => {
    const { repository, chart, version } = charts["external-secrets"];
    assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it("lets nobody in, and reaches the API server and Vault alone", () => {
    const names = manifestsOf(plan, "NetworkPolicy").map(({ metadata }) => metadata.name);
    assert.deepEqual(names, [
      "default-deny",
      "allow-dns",
      "allow-own-namespace",
      "allow-kubernetes-api",
      "allow-vault",
    ]);
    const { spec } = plannedManifest(plan, "external-secrets-allow-vault").manifest;
    assert.deepEqual(at(spec, "egress", 0), {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "vault" } },
          podSelector: { matchLabels: { component: "server" } },
        },
      ],
      ports: [{ protocol: "TCP", port: 8200 }],
    });
  });
});
