import assert from "node:assert/strict";
import { z } from "zod";
import { vaultState } from "../../../inputs/vault-status";
import { platformNamespaces } from "../../../model/platform-names";
import { vaultAccounts, vaultObjects } from "../../../model/vault-names";
import { complaintOf, exists, getObject, kubectl, listObjects } from "../../support/kubectl";
import { type Account, rightsOf, userName } from "../../support/rights";
import { printedByPods } from "../support/vault-pod";
import type { VaultRun } from "../support/vault-run";

const namespace = platformNamespaces.vault;
const { unsealKeys, bootstrapToken, initialisation } = vaultObjects;

const job = z.object({ status: z.object({ succeeded: z.literal(1) }) });
const pod = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    volumes: z.array(z.object({ secret: z.object({ secretName: z.string() }).optional() })).default([]),
  }),
});

/** What the platform stack leaves: an open Vault, whose keys nobody reads. */
export function firstRows(current: () => VaultRun): void {
  describe("after the first up of the platform stack", () => {
    it("Vault is initialised and open, and nobody has typed anything", async () => {
      job.parse(getObject("job", vaultAccounts.init, namespace));
      assert.equal((await vaultState(current().address)).kind, "open");
      assert.match(kubectl("get", "pods", "-n", namespace, "vault-0"), / 1\/1 +Running +0 /);
    });

    it("its key and its bootstrap token are in two Secrets, and the record says that they were stored", () => {
      for (const name of [unsealKeys, bootstrapToken]) assert.ok(exists("secret", name, namespace), name);
      const phase = kubectl("get", "configmap", initialisation, "-n", namespace, "-o", "jsonpath={.data.phase}");
      assert.equal(phase, "stored");
    });

    it("T40: another up changes nothing", async () => {
      await current().platform.up({ expectNoChanges: true });
    });

    it("no account of the namespace may read the keys, and of Secrets each may do what it is for", () => {
      const accounts = listObjects("serviceaccounts", "-n", namespace).map(({ metadata: { name } }) => name);
      assert.ok(Object.values(vaultAccounts).every((name) => accounts.includes(name)));
      const rights = accounts.map((name) => [name, secretRights({ namespace, name })] as const);
      assert.deepEqual(Object.fromEntries(rights.filter(([, found]) => found.length > 0)), {
        [vaultAccounts.bootstrapEnd]: [`${namespace}: delete secrets ${bootstrapToken}`],
        [vaultAccounts.init]: [`${namespace}: create secrets`],
      });
      for (const name of accounts) {
        const question = ["auth", "can-i", "get", `secret/${unsealKeys}`, "-n", namespace, "--quiet"];
        assert.equal(complaintOf([...question, "--as", userName({ namespace, name })]), "", name);
      }
    });

    it("the keys are mounted by the unsealer alone", () => {
      const mounting = listObjects("pods", "-n", namespace)
        .map((object) => pod.parse(object))
        .filter(({ spec }) => spec.volumes.some(({ secret }) => secret?.secretName === unsealKeys))
        .map(({ metadata }) => metadata.labels["app.kubernetes.io/component"]);
      assert.deepEqual(mounting, [vaultAccounts.unsealer]);
    });

    it("T16: neither the key nor the bootstrap token is in what the pods printed, or in their descriptions", () => {
      const text = printedByPods();
      assert.match(text, /Vault is initialised and open/);
      assert.match(text, /Vault is unsealed/);
      current().assertKept(text);
    });
  });
}

/** What an account may do with Secrets, in whichever namespace. */
function secretRights(account: Account): readonly string[] {
  return Object.entries(rightsOf(account)).flatMap(([place, rights]) =>
    rights.filter((right) => /\bsecrets\b/.test(right)).map((right) => `${place}: ${right}`),
  );
}
