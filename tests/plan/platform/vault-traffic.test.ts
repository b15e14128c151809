import assert from "node:assert/strict";
import { vaultAccounts, vaultPodLabels } from "../../../model/vault-names";
import { planVault } from "../../../plan/platform/vault";
import { canReach, canReachAddress, type Pod, policiesOf } from "../../support/network-reach";
import { otherVault, someStore, someVault, unsealSettings } from "../../support/some-vault";

/** Both charts set these labels; the name label differs between them. */
const server: Pod = { namespace: "vault", labels: { "app.kubernetes.io/instance": "vault", component: "server" } };
const pod = (account: (typeof vaultAccounts)[keyof typeof vaultAccounts]): Pod => ({
  namespace: "vault",
  labels: { ...vaultPodLabels(account) },
});
const { init, unsealer, bootstrapEnd, backup } = vaultAccounts;
const clients = [init, unsealer, bootstrapEnd, backup];
const stranger: Pod = { namespace: "vault", labels: { app: "stranger" } };

const node = "192.168.1.10";
const internet = "203.0.113.9";

function policies(settings: object = {}) {
  const { resources } = planVault(someVault(settings));
  return policiesOf(
    resources.flatMap((each) => (each.kind === "manifest" && each.manifest.kind === "NetworkPolicy" ? [each] : [])),
  );
}

/** Ports of the node or of the internet that a pod reaches. */
function portsOutside(from: Pod, settings: object = {}): readonly number[] {
  const all = policies(settings);
  const ports = [22, 80, 443, 6443, 8200, 8443, 9000, 10_250];
  return ports.filter((port) => [node, internet].some((address) => canReachAddress(all, from, [address, port])));
}

describe("network of the namespace of Vault", () => {
  it("T13: closes it, and has no rule for all of its pods", () => {
    const all = policies();
    assert.ok(all.some(({ metadata }) => metadata.name === "default-deny"));
    assert.ok(!all.some(({ metadata }) => metadata.name === "allow-own-namespace"));
  });

  it("T13: lets each pod of its own reach Vault's port and no other, and nobody who is not known", () => {
    const all = policies();
    for (const client of clients) {
      assert.equal(canReach(all, [pod(client), server], 8200), true, client);
      assert.equal(canReach(all, [pod(client), server], 8201), false, client);
    }
    assert.equal(canReach(all, [stranger, server], 8200), false);
    assert.deepEqual(portsOutside(stranger), []);
  });

  it("T13: lets nobody reach a pod beside the server", () => {
    const all = policies();
    for (const to of [...clients.map(pod), stranger])
      for (const from of [server, ...clients.map(pod), stranger])
        for (const port of [80, 443, 8200, 8201, 9000]) assert.equal(canReach(all, [from, to], port), false);
  });

  it("lets the server reach itself", () => {
    for (const port of [8200, 8201]) assert.equal(canReach(policies(), [server, server], port), true);
    assert.equal(canReach(policies(), [server, server], 22), false);
  });

  it("lets the server, and the pods that change objects, reach the API server and nothing else outside", () => {
    for (const each of [server, pod(init), pod(bootstrapEnd)]) assert.deepEqual(portsOutside(each), [443, 6443]);
    for (const each of [unsealer, backup]) assert.deepEqual(portsOutside(pod(each)), [], each);
  });

  it("lets the backup reach the port of its store, which may be the usual one", () => {
    const store = (endpoint: string) => ({ backups: { s3: { ...someStore.s3, endpoint } } });
    assert.deepEqual(portsOutside(pod(backup), store("https://s3.lab.example:9000")), [9000]);
    assert.deepEqual(portsOutside(pod(backup), store("https://s3.lab.example")), [443]);
    assert.deepEqual(portsOutside(pod(backup), store("http://s3.lab.example")), [80]);
  });

  it("lets the server reach the port of another Vault that opens it", () => {
    const settings = unsealSettings["Vault, by another Vault"];
    assert.ok(otherVault.address.endsWith(":8443"));
    assert.deepEqual(portsOutside(server, settings), [443, 6443, 8443]);
    assert.deepEqual(portsOutside(pod(init), settings), [443, 6443]);
  });

  it("T13: opens nothing for a pod that is not there", () => {
    assert.equal(canReach(policies(unsealSettings["Vault, by a person"]), [pod(unsealer), server], 8200), false);
    const without = { vault: { backup: { schedule: "" } } };
    assert.equal(canReach(policies(without), [pod(backup), server], 8200), false);
  });

  it("lets in Traefik and External Secrets Operator, on Vault's port", () => {
    const all = policies();
    const traefik: Pod = { namespace: "kube-system", labels: { "app.kubernetes.io/name": "traefik" } };
    const operator: Pod = { namespace: "external-secrets", labels: {} };
    for (const from of [traefik, operator]) {
      assert.equal(canReach(all, [from, server], 8200), true);
      assert.equal(canReach(all, [from, server], 8201), false);
    }
    assert.equal(canReach(all, [{ namespace: "harbor", labels: {} }, server], 8200), false);
  });
});
