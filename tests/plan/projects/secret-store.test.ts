import assert from "node:assert/strict";
import { vaultAudience, vaultAuthPath } from "../../../model/platform-names";
import { isVault } from "../../../plan/planned-vault";
import { planExternalSecrets } from "../../../plan/platform/external-secrets";
import { planVault } from "../../../plan/platform/vault";
import { planProject } from "../../../plan/projects/project";
import { planSecretStore } from "../../../plan/projects/secret-store";
import { planVaultContent } from "../../../plan/vault/vault-content";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { plannedManifest, releaseOf } from "../../support/planned";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";
import { someVault } from "../../support/some-vault";

describe("way of a project's secrets from Vault into its namespace", () => {
  const objects = planSecretStore("shop", "idp");
  const [store] = manifestsOf(objects, "SecretStore");
  const [account] = manifestsOf(objects, "ServiceAccount");
  const [binding] = manifestsOf(objects, "RoleBinding");

  it("T23: is a store of the namespace alone, whose token is made out for Vault", () => {
    assert.equal(store?.manifest.apiVersion, "external-secrets.io/v1");
    assert.deepEqual(store.manifest.metadata, {
      ...{ name: "vault", namespace: "shop", labels: { "app.kubernetes.io/part-of": "shop" } },
    });
    assert.deepEqual(at(store.manifest, "spec"), {
      provider: {
        vault: {
          ...{ server: "http://vault.vault.svc.cluster.local:8200", path: "idp", version: "v2" },
          auth: {
            kubernetes: {
              mountPath: vaultAuthPath,
              role: "project-shop",
              serviceAccountRef: { name: "secret-reader", audiences: [vaultAudience] },
            },
          },
        },
      },
    });
  });

  it("T23: no project has a store of the whole cluster", () => {
    const { resources } = planProject(someProject(), someCluster).component;
    assert.equal(manifestsOf(resources, "SecretStore").length, 1);
    assert.deepEqual(manifestsOf(resources, "ClusterSecretStore"), []);
  });

  it("reaches Vault by the Service, the port and the login path that there are", () => {
    const release = releaseOf(planVault(someVault()));
    const server = new URL(String(at(store?.manifest, "spec", "provider", "vault", "server")));
    assert.equal(server.hostname.split(".")[0], at(release.values, "fullnameOverride"));
    assert.equal(server.hostname.split(".")[1], release.namespace);
    assert.equal(at(release.values, "global", "tlsDisable"), server.protocol === "http:");
    // Vault asks the API server about the tokens that it is shown.
    assert.equal(at(release.values, "server", "authDelegator", "enabled"), true);
    const auths = planVaultContent({
      distribution: "vault",
      mount: "idp",
      backup: false,
      imageRegistry: "",
    }).resources.filter(isVault);
    assert.ok(auths.some((auth) => auth.kind === "vault-kubernetes-auth" && auth.path === vaultAuthPath));
  });

  it("T15: its service account has no token in any pod", () => {
    assert.equal(account?.manifest.metadata.name, "secret-reader");
    assert.equal(at(account, "manifest", "automountServiceAccountToken"), false);
  });

  it("lets the operator alone take tokens of that service account alone, in this namespace alone", () => {
    assert.deepEqual(at(binding, "manifest", "subjects"), [
      { kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" },
    ]);
    assert.equal(at(binding, "manifest", "metadata", "namespace"), "shop");
    const plan = planExternalSecrets({ facts: someFacts() });
    const role = plannedManifest(plan, "external-secrets-token-role").manifest;
    assert.deepEqual(at(binding, "manifest", "roleRef"), {
      ...{ apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name: role.metadata.name },
    });
    assert.deepEqual(at(role, "rules"), [
      { apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: ["secret-reader"], verbs: ["create"] },
    ]);
    assert.equal(role.kind, "ClusterRole");
    // The chart calls its service account as the release when the release's name holds the chart's.
    const release = releaseOf(plan);
    assert.equal(release.name, "external-secrets");
    assert.equal(release.namespace, at(binding, "manifest", "subjects", 0, "namespace"));
    assert.equal(at(release.values, "serviceAccount"), undefined);
    assert.equal(at(release.values, "fullnameOverride"), undefined);
  });

  it("comes after what it needs", () => {
    assert.deepEqual(store?.dependsOn, ["shop.secret-reader", "shop.secret-reader-token", "shop.vault-role"]);
    assert.deepEqual(binding?.dependsOn, ["shop.secret-reader"]);
  });
});
