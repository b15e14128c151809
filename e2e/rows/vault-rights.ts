import assert from "node:assert/strict";
import { platformNamespaces } from "../../model/platform-names";
import { vaultAccounts, vaultObjects } from "../../model/vault-names";
import type { LifePlace } from "../../tests/support/vault-life/life-place";
import { rowsAt } from "../../tests/support/vault-life/life-row";
import { getObject, kubectl, kubectlFrom } from "../support/kubectl";
import { rightsOf } from "../support/rights";

const namespace = platformNamespaces.vault;
const { bootstrapToken, initialisation, unsealKeys } = vaultObjects;

/** What the API server lets the accounts of Vault's life do. */
export function vaultRightsRows(place: LifePlace): void {
  const row = rowsAt(place);

  describe("accounts of Vault's life, API server", () => {
    it("may do in their namespace what they are for, and nothing else anywhere", () => {
      const { init, bootstrapEnd, ...others } = vaultAccounts;
      assert.deepEqual(rightsOf({ namespace, name: init }), {
        [namespace]: [
          "create configmaps",
          "create secrets",
          `get configmaps ${initialisation}`,
          `patch configmaps ${initialisation}`,
        ],
      });
      assert.deepEqual(rightsOf({ namespace, name: bootstrapEnd }), {
        [namespace]: [`delete secrets ${bootstrapToken}`],
      });
      for (const name of Object.values(others)) assert.deepEqual(rightsOf({ namespace, name }), {}, name);
    });

    row("T16: none of them can read the keys and the bootstrap token, nor make a token of an account", async (run) => {
      const init = await run.init();
      assert.equal(await init.code(), 0, init.output);
      for (const account of ["init", "bootstrapEnd"] as const) {
        const headers = { authorization: `Bearer ${await run.api.token(account)}`, "content-type": "application/json" };
        const ask = async (method: string, path: string, body?: object) => {
          const given = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
          return (await fetch(`${run.apiGate.address}/api/v1/namespaces/${namespace}/${path}`, given)).status;
        };
        for (const secret of [unsealKeys, bootstrapToken]) assert.equal(await ask("GET", `secrets/${secret}`), 403);
        assert.equal(await ask("GET", "secrets"), 403);
        assert.equal(await ask("GET", "configmaps"), 403);
        assert.equal(await ask("DELETE", `secrets/${unsealKeys}`), 403);
        const token = { spec: { audiences: ["vault"] } };
        assert.equal(await ask("POST", `serviceaccounts/${vaultAccounts.operator}/token`, token), 403);
      }
      await run.expectStored();
    });

    row("without their binding Vault is not initialised, and with it again it is", async (run) => {
      const { metadata, ...binding } = getObject("rolebinding", vaultAccounts.init, namespace);
      kubectl("delete", "rolebinding", vaultAccounts.init, "-n", namespace);
      const refused = await run.init({ WAIT_SECONDS: "1" });
      const code = await refused.code();
      const isInitialised = await run.isInitialised();
      kubectlFrom({ ...binding, metadata: { name: metadata.name, namespace } }, "create", "-f", "-");
      assert.deepEqual([code, isInitialised], [1, false], refused.output);
      assert.match(refused.output, /answers 403 .*`pulumi up` of the platform stack gives it the right$/m);
      const init = await run.init();
      assert.equal(await init.code(), 0, init.output);
      await run.expectStored();
    });
  });
}
