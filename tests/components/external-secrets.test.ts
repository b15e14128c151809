import assert from "node:assert/strict";
import { ExternalSecrets } from "../../components/external-secrets";
import { someFacts } from "../support/cluster";
import { deploy } from "../support/mock-engine";

describe("component ExternalSecrets", () => {
  it("registers the namespace, its policies, the release and the role for tokens below itself", async () => {
    const registered = await deploy(() => new ExternalSecrets({ facts: someFacts() }));
    assert.deepEqual(
      registered.map(({ type, name }) => `${type} ${name}`),
      [
        "idp:platform:ExternalSecrets external-secrets",
        "kubernetes:core/v1:Namespace external-secrets-namespace",
        "kubernetes:helm.sh/v3:Release external-secrets",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy external-secrets-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy external-secrets-allow-kubernetes-api",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy external-secrets-allow-own-namespace",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy external-secrets-allow-vault",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy external-secrets-default-deny",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole external-secrets-token-role",
      ],
    );
  });
});
