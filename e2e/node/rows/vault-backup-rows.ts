import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { printedByPods } from "../support/vault-pod";
import { documentedCommands, documentedLine } from "../support/vault-documents";
import { kept, vaultMount } from "../support/vault-project";
import type { VaultRun } from "../support/vault-run";

const document = "vault-restore.md";

/** Snapshots, and the way back, by the very commands of the document. */
export function backupRows(current: () => VaultRun): void {
  describe("docs/vault-restore.md", () => {
    const [now = "", copy = ""] = documentedCommands(document, "A snapshot now, and a copy of one here");
    const back = documentedCommands(document, "The same Vault, after a bad change");
    let snapshot = "";

    it("T39: a run of the CronJob leaves a snapshot on the volume", async () => {
      await (await current().operator()).writeSecret(vaultMount, kept.path, kept.data);
      const { code, text } = current().lab.run(now);
      assert.equal(code, 0, text);
      [snapshot = ""] = /\bvault-\d{8}T\d{6}Z\.snap\b/.exec(text) ?? [];
      assert.match(text, new RegExp(`^${snapshot} is there: [1-9]\\d* bytes, whole$`, "m"));
    });

    it("a person gets a copy of it that Vault's own command finds whole", () => {
      const { lab } = current();
      const named = copy.replaceAll(/\bvault-\d{8}T\d{6}Z\.snap\b/g, snapshot);
      assert.notEqual(named, copy);
      const { code, text } = lab.run(named);
      assert.equal(code, 0, text);
      assert.ok(existsSync(lab.homeFile("vault.snap")));
      const inspected = lab.run('vault operator raft snapshot inspect "$HOME/vault.snap"');
      assert.equal(inspected.code, 0, inspected.text);
    });

    it("a secret that was deleted is there again, and Vault open, with the same keys", async () => {
      const { lab } = current();
      const gone = { path: `${vaultMount}/data/${kept.path}` };
      const operator = await current().operator();
      assert.equal((await operator.ask({ method: "DELETE", path: `${vaultMount}/metadata/${kept.path}` })).status, 204);
      assert.equal((await operator.ask(gone)).status, 404);
      const { code, text } = lab.run(documentedLine(back, "snapshot restore"));
      assert.equal(code, 0, text);
      assert.deepEqual(await current().secretWithin(30, kept.path), kept.data);
    });

    it("the vault stack goes on from there", () => {
      const { code, text } = current().lab.run(documentedLine(back, "homelab-vault"));
      assert.equal(code, 0, text);
      current().assertKept(printedByPods());
    });
  });
}
