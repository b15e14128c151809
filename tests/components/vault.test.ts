import assert from "node:assert/strict";
import { Vault } from "../../components/vault";
import { someFacts } from "../support/cluster";
import { deploy } from "../support/mock-engine";

describe("component Vault", () => {
  for (const distribution of ["vault", "openbao"] as const) {
    it(`registers namespace, policies, release and route of ${distribution} below itself`, async () => {
      const registered = await deploy(
        () =>
          new Vault({
            facts: someFacts(),
            host: "vault.lab.example",
            distribution,
            storage: "2Gi",
            auditStorage: "2Gi",
          }),
      );
      assert.deepEqual(
        registered.map(({ type, name }) => `${type} ${name}`),
        [
          "idp:platform:Vault vault",
          "kubernetes:cert-manager.io/v1:Certificate vault-route-certificate",
          "kubernetes:core/v1:Namespace vault-namespace",
          "kubernetes:helm.sh/v3:Release vault",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-allow-dns",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-allow-external-secrets",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-allow-kubernetes-api",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-allow-own-namespace",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-allow-signers",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-allow-traefik",
          "kubernetes:networking.k8s.io/v1:NetworkPolicy vault-default-deny",
          "kubernetes:traefik.io/v1alpha1:IngressRoute vault-route-http",
          "kubernetes:traefik.io/v1alpha1:IngressRoute vault-route-https",
          "kubernetes:traefik.io/v1alpha1:Middleware vault-route-redirect",
        ],
      );
      const release = registered.find(({ type }) => type === "kubernetes:helm.sh/v3:Release");
      assert.equal(release?.inputs["chart"], distribution);
      assert.equal(release.inputs["name"], "vault");
      const retained = registered.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);
      assert.deepEqual(retained, ["vault-namespace"]);
    });
  }
});
