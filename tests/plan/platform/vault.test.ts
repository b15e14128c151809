import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { vaultAuditFile } from "../../../model/platform-names";
import { profileNames } from "../../../model/profiles";
import { planVault, type VaultArgs } from "../../../plan/platform/vault";
import { vaultValues } from "../../../plan/platform/vault-values";
import { at } from "../../support/at";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";
import { someVault } from "../../support/some-vault";

function someArgs(changes: Partial<VaultArgs> = {}, settings: object = {}): VaultArgs {
  const entryPoints = { internal: { http: "intweb", https: "intwebsec" } };
  return { ...someVault({ entryPoints, ...settings }), auditStorage: "3Gi", ...changes };
}

const distributions = ["vault", "openbao"] as const;

for (const distribution of distributions) {
  describe(`plan of ${distribution}`, () => {
    const args = someArgs({ distribution });
    const plan = planVault(args);
    const values = vaultValues(args);
    const config = String(at(values, "server", "ha", "raft", "config"));

    it("is one server with integrated storage, and neither injector nor CSI", () => {
      assert.equal(at(values, "server", "ha", "enabled"), true);
      assert.equal(at(values, "server", "ha", "replicas"), 1);
      assert.equal(at(values, "server", "ha", "raft", "enabled"), true);
      assert.equal(at(values, "server", "ha", "raft", "setNodeId"), true);
      assert.equal(at(values, "server", "standalone", "enabled"), false);
      assert.equal(at(values, "injector", "enabled"), false);
      assert.equal(at(values, "csi", "enabled"), false);
      assert.match(config, /^storage "raft" \{\n {2}path = "\/vault\/data"\n\}$/m);
      assert.match(config, /^service_registration "kubernetes" \{\}$/m);
      assert.match(config, /^ui = true$/m);
    });

    it("can be drained from its node, and is not kept from it by a rule for several servers", () => {
      assert.equal(at(values, "server", "ha", "disruptionBudget", "enabled"), false);
      assert.equal(at(values, "server", "affinity"), "");
    });

    it("does not keep the release waiting while it is sealed", () => {
      assert.equal(at(values, "server", "updateStrategyType"), "OnDelete");
      assert.equal(at(values, "server", "readinessProbe"), undefined);
    });

    it("names its Services the same, and is reached while it is sealed", () => {
      assert.equal(at(values, "fullnameOverride"), "vault");
      assert.equal(at(values, "ui", "enabled"), true);
      const https = plannedManifest(plan, "vault-route-https").manifest;
      assert.deepEqual(at(https, "spec", "routes", 0, "services"), [{ name: "vault-ui", port: 8200 }]);
    });

    it("may ask the API server about service account tokens", () => {
      assert.equal(at(values, "server", "authDelegator", "enabled"), true);
    });

    it("runs within the restricted level", () => {
      const security = at(values, "server", "statefulSet", "securityContext");
      assert.deepEqual(at(security, "pod"), {
        runAsNonRoot: true,
        runAsUser: 100,
        runAsGroup: 1000,
        fsGroup: 1000,
        seccompProfile: { type: "RuntimeDefault" },
      });
      assert.deepEqual(at(security, "container"), {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
      });
    });

    it("says which software wrote its secrets, so that a change of it counts as their loss", () => {
      assert.deepEqual(releaseOf(plan).volumes, [
        { name: "secrets", size: "2Gi", format: distribution === "vault" ? "vault" : "openbao sealed by static" },
        { name: "audit-log", size: "3Gi" },
      ]);
      assert.equal(plannedManifest(plan, "vault-namespace").retain, true);
    });

    it("T11: its namespace enforces the restricted level of a pinned version", () => {
      const labels = at(plannedManifest(plan, "vault-namespace").manifest, "metadata", "labels");
      assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
      assert.match(String(at(labels, "pod-security.kubernetes.io/enforce-version")), /^v1\.\d+$/);
    });

    it("T14: its container has requests and a memory limit, in every profile", () => {
      for (const profile of profileNames) {
        const resources = at(vaultValues(someArgs({ distribution }, { profile })), "server", "resources");
        assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/);
        assert.match(String(at(resources, "requests", "memory")), /^\d+[MG]i$/);
        assert.match(String(at(resources, "limits", "memory")), /^\d+[MG]i$/);
      }
    });

    it("T20: has a volume of its own where the audit log goes", () => {
      const storage = at(values, "server", "auditStorage");
      assert.deepEqual(storage, { enabled: true, size: "3Gi", mountPath: "/vault/audit", storageClass: "local-path" });
      assert.ok(vaultAuditFile.startsWith("/vault/audit/"));
      assert.equal(at(values, "server", "dataStorage", "mountPath"), "/vault/data");
    });

    it("T36: its host has a certificate and a route with TLS", () => {
      assert.deepEqual(at(manifestsOf(plan, "Certificate"), 0, "spec", "dnsNames"), ["vault.lab.example"]);
      const https = plannedManifest(plan, "vault-route-https").manifest;
      assert.deepEqual(at(https, "spec", "tls"), { secretName: "vault-tls" });
      assert.deepEqual(plan.dependsOn, ["cert-manager"]);
      assert.deepEqual(planVault(someArgs({ distribution }, { tls: { mode: "traefik" } })).dependsOn, []);
    });

    it("T37: its routes listen on the internal entry points only", () => {
      const entryPoints = manifestsOf(plan, "IngressRoute").map((route) => at(route, "spec", "entryPoints"));
      assert.deepEqual(entryPoints, [["intweb"], ["intwebsec"]]);
    });

    it("T43: takes its chart from the catalog, at an exact version", () => {
      const { repository, chart, version } = charts[distribution];
      assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
      assert.equal(releaseOf(plan).name, "vault");
      assert.match(version, /^\d+\.\d+\.\d+$/);
    });
  });
}

describe("differences between Vault and OpenBao", () => {
  const configOf = (distribution: VaultArgs["distribution"]) =>
    String(at(vaultValues(someArgs({ distribution })), "server", "ha", "raft", "config"));

  it("T10: both pull their image through the mirror, each by its chart's keys", () => {
    const mirror = { imageRegistry: "mirror.lab.example/proxy" };
    const image = (distribution: VaultArgs["distribution"], settings: object) =>
      at(vaultValues(someArgs({ distribution }, settings)), "server", "image");
    assert.deepEqual(image("vault", mirror), { repository: "mirror.lab.example/proxy/docker.io/hashicorp/vault" });
    assert.deepEqual(image("openbao", mirror), {
      registry: "mirror.lab.example",
      repository: "proxy/quay.io/openbao/openbao",
    });
    assert.deepEqual(image("openbao", {}), { registry: "quay.io", repository: "openbao/openbao" });
  });

  it("T20: OpenBao has its audit device from the start, since it takes none by the API", () => {
    assert.match(
      configOf("openbao"),
      /^audit "file" "file" \{\n {2}options \{\n {4}file_path = "\/vault\/audit\/audit\.log"$/m,
    );
    assert.doesNotMatch(configOf("openbao"), /unsafe/);
    assert.doesNotMatch(configOf("vault"), /audit "file"/);
  });
});
