import assert from "node:assert/strict";
import { vaultState } from "../../../inputs/vault-status";
import { documentedCommands, documentedLine } from "../support/vault-documents";
import { removeVault } from "../support/vault-place";
import { kept } from "../support/vault-project";
import type { VaultRun } from "../support/vault-run";

/** Everything of Vault is gone but a snapshot and the keys, of which the rows before have made copies outside the cluster. */
export function newVaultRows(current: () => VaultRun): void {
  describe("docs/vault-restore.md, when volumes and Secrets are lost", () => {
    const commands = documentedCommands("vault-restore.md", "A new Vault, or a new cluster");
    const putKeys = commands.find((block) => block.includes("replace --force -f ~/vault-unseal-keys.yaml")) ?? "";

    it("the platform stack makes a Vault that is empty and has keys of its own", async () => {
      const { lab, secrets } = current();
      removeVault();
      await current().reinstall();
      assert.equal((await vaultState(current().address)).kind, "open");
      assert.ok(!lab.run("kubectl -n vault get secret vault-unseal-keys -o yaml").text.includes(encoded(secrets.key)));
    });

    it("the snapshot and the old keys bring the old content back", async () => {
      const { lab } = current();
      const restored = lab.run(documentedLine(commands, "snapshot restore -force"));
      assert.equal(restored.code, 0, restored.text);
      const doctor = documentedLine([putKeys], "npm run doctor");
      const put = lab.run(putKeys.replace(doctor, ""));
      assert.equal(put.code, 0, put.text);
      assert.deepEqual(await current().secretWithin(60, kept.path), kept.data);
      const { code, text } = lab.run(doctor);
      assert.equal(code, 0, text);
    });

    it("the vault stack goes on from there", () => {
      const { code, text } = current().lab.run(documentedLine(commands, "homelab-vault"));
      assert.equal(code, 0, text);
    });
  });
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}
