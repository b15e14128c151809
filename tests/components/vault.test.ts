import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { Vault } from "../../components/vault";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { someStore, someVault, unsealSettings } from "../support/some-vault";

const secretKeys = ["vaultTransitToken", "backupsAccessKey", "backupsSecretKey"];
const secrets = Object.fromEntries(secretKeys.map((key) => [key, pulumi.secret(mockedPassword(key))]));

async function register(settings: object): Promise<readonly Registration[]> {
  return deploy(() => new Vault({ ...someVault(settings), secrets }));
}

const policies = [
  ...["allow-dns", "allow-external-secrets", "allow-itself", "allow-kubernetes-api", "allow-own-pods", "allow-signers"],
  ...["allow-to-itself", "allow-traefik"],
];

describe("component Vault", () => {
  it("registers all that Vault needs below itself", async () => {
    const registered = await register({});
    const own = [
      ...policies,
      "allow-vault-backup",
      "allow-vault-bootstrap-end",
      "allow-vault-init",
      "allow-vault-unsealer",
    ];
    assert.deepEqual(
      registered.map(({ type, name }) => `${type} ${name}`),
      [
        "idp:platform:Vault vault",
        "kubernetes:apps/v1:Deployment vault-unsealer",
        "kubernetes:batch/v1:CronJob vault-backup",
        "kubernetes:batch/v1:Job vault-init",
        "kubernetes:cert-manager.io/v1:Certificate vault-route-certificate",
        "kubernetes:core/v1:Namespace vault-namespace",
        "kubernetes:core/v1:PersistentVolumeClaim vault-snapshots",
        ...["backup", "bootstrap-end", "init", "operator", "unsealer"].map(
          (account) => `kubernetes:core/v1:ServiceAccount vault-${account}-account`,
        ),
        "kubernetes:helm.sh/v3:Release vault",
        ...[...own, "default-deny"].map((policy) => `kubernetes:networking.k8s.io/v1:NetworkPolicy vault-${policy}`),
        "kubernetes:rbac.authorization.k8s.io/v1:Role vault-bootstrap-end-role",
        "kubernetes:rbac.authorization.k8s.io/v1:Role vault-init-role",
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding vault-bootstrap-end-binding",
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding vault-init-binding",
        "kubernetes:traefik.io/v1alpha1:IngressRoute vault-route-http",
        "kubernetes:traefik.io/v1alpha1:IngressRoute vault-route-https",
        "kubernetes:traefik.io/v1alpha1:Middleware vault-route-redirect",
      ],
    );
    const retained = registered.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);
    assert.deepEqual(retained, ["vault-namespace", "vault-snapshots"]);
  });

  for (const distribution of ["vault", "openbao"] as const) {
    it(`installs the chart of ${distribution} under the same name`, async () => {
      const registered = await register({ vault: { distribution } });
      const release = registered.find(({ type }) => type === "kubernetes:helm.sh/v3:Release");
      assert.equal(release?.inputs["chart"], distribution);
      assert.equal(release.inputs["name"], "vault");
    });
  }

  it("keeps the static key of OpenBao, in the state and in the cluster, against every mistake", async () => {
    const registered = await register(unsealSettings["OpenBao, by itself"]);
    for (const name of ["vault-static-key", "vault-seal-key"]) {
      const found = registered.find((each) => each.name === name);
      assert.equal(found?.protect, true, name);
      assert.equal(found.retainOnDelete, true, name);
    }
  });

  for (const title of ["OpenBao, by itself", "OpenBao, by another Vault", "Vault, by another Vault"] as const) {
    it(`T16: keys and tokens are in Secrets alone, where they are secret: ${title}`, async () => {
      const registered = await register({ ...unsealSettings[title], backups: someStore });
      const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("canary-"));
      assert.ok(holders.length >= 2);
      for (const { type, secretInputs } of holders) {
        assert.equal(type, "kubernetes:core/v1:Secret");
        assert.deepEqual(secretInputs, ["stringData"]);
      }
    });
  }
});
