import assert from "node:assert/strict";
import { platformNamespaces } from "../../model/platform-names";
import { vaultObjects } from "../../model/vault-names";
import { UnsealerRun } from "../../tests/support/vault-life/unsealer-run";
import { exists, secretData } from "../support/kubectl";
import type { ProjectsRun } from "../support/projects-run";
import { refusalOf } from "../support/touched";
import { VaultClient } from "../support/vault-client";
import { initJob } from "../support/vault-objects";
import { withVault } from "../support/with-vault";

const namespace = platformNamespaces.vault;

/** From an empty Vault to an open one, by the programs of the platform. */
export function vaultBeginningRows(current: () => ProjectsRun): void {
  describe("role vault, before Vault is open", () => {
    it("up stops with one sentence while nobody has initialised Vault, and nothing was changed", async () => {
      const text = await refusalOf((await current().vaultStack()).up());
      assert.match(text, /Vault is not initialised[^\n]*; nothing was changed \(http:/);
      assert.doesNotMatch(text, /\.ts:\d+/);
      const { code, text: said } = await withVault(current().workplace, "true");
      assert.equal(code, 1);
      assert.match(said, /Vault is not initialised; the Job vault-init/);
    });

    it("the Job's program initialises it: as the Job's account, with the Job's variables", async () => {
      const { programs, server } = current();
      const JOURNAL = `${programs.folder}/journal`;
      const init = programs.run(initJob(), { VAULT_ADDR: server.address, JOURNAL });
      assert.equal(await init.code(), 0, init.output);
      assert.match(init.output, /^Vault is initialised and open$/m);
      await server.opens();
      for (const name of [vaultObjects.unsealKeys, vaultObjects.bootstrapToken]) {
        const secrets = Object.values(secretData(name, namespace));
        assert.equal(secrets.length, 1);
        for (const secret of secrets) assert.ok(secret.length > 20 && !init.output.includes(secret), name);
      }
      assert.ok(!exists("secret", vaultObjects.recoveryKeys, namespace));
    });

    it("up stops with one sentence while it is sealed after a restart", async () => {
      const { server } = current();
      await server.restart();
      const text = await refusalOf((await current().vaultStack()).up());
      assert.match(text, /Vault is sealed; [^\n]*run again; nothing was changed/);
      const { code, text: said } = await withVault(current().workplace, "true");
      assert.equal(code, 1);
      assert.match(said, /Vault is sealed; unseal mode `kubernetes-secret`: the unsealer/);
    });

    it("the unsealer's script opens it with the keys of the cluster, after each restart", async () => {
      const { server } = current();
      const unsealer = new UnsealerRun();
      unsealer.putKeys(Object.values(secretData(vaultObjects.unsealKeys, namespace)));
      unsealer.start(server.address);
      for (const times of [1, 2]) {
        await unsealer.says(/^Vault is unsealed$/, times);
        await server.opens();
        if (times === 1) await server.restart();
      }
      await unsealer.remove();
    });

    it("nobody is let in who has no token yet", async () => {
      const anybody = new VaultClient(current().server.address);
      assert.equal((await anybody.ask({ path: "sys/mounts" })).status, 403);
      const text = await refusalOf((await current().vaultStack()).up());
      assert.match(text, /VAULT_TOKEN|token/);
    });
  });
}
