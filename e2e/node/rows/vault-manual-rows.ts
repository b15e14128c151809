import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { vaultProblem, vaultState } from "../../../inputs/vault-status";
import { sealedSentence } from "../../../model/provider-errors/vault-errors";
import { platformNamespaces } from "../../../model/platform-names";
import { vaultAccounts, vaultObjects } from "../../../model/vault-names";
import { exists, kubectl } from "../../support/kubectl";
import { documentedCommands, documentedLine } from "../support/vault-documents";
import { printedByPods, replaceVaultPod, untilOpen } from "../support/vault-pod";
import { answerAtTerminal } from "../support/vault-terminal";
import type { VaultRun } from "../support/vault-run";

const namespace = platformNamespaces.vault;

/** Seconds in which nobody may open Vault; the unsealer looks every two. */
const sealedFor = 20;

/** A person opens Vault, and the cluster cannot. */
export function manualRows(current: () => VaultRun): void {
  describe("with the unseal mode manual", () => {
    const [keep = "", takeAway = ""] = documentedCommands("vault.md", "Keep the keys outside, too");

    it("up takes the unsealer away, and the documented commands the keys", async () => {
      const { lab } = current();
      lab.mode = "manual";
      await (await lab.platform()).up();
      assert.equal(exists("deployment", vaultAccounts.unsealer, namespace), false);
      for (const commands of [keep, takeAway]) {
        const { code, text } = lab.run(commands);
        assert.equal(code, 0, text);
      }
      assert.equal(exists("secret", vaultObjects.unsealKeys, namespace), false);
      await (await lab.platform()).up({ expectNoChanges: true });
    });

    it(`Vault stays sealed for ${sealedFor} s after a restart`, async () => {
      await replaceVaultPod();
      const { address } = current();
      const states = new Set<string>();
      for (let count = 0; count < sealedFor * 2; count++) {
        states.add((await vaultState(address)).kind);
        await wait(500);
      }
      assert.ok(!states.has("open"));
      assert.equal((await vaultState(address)).kind, "sealed");
      assert.match(kubectl("get", "pods", "-n", namespace, "vault-0"), / 0\/1 +Running +0 /);
    });

    it("the stacks, npm run with-vault and npm run doctor say in a sentence that it is sealed", async () => {
      const { lab, address } = current();
      const environment = { token: "hvs.any", otherToken: false, authorities: undefined };
      assert.equal(await vaultProblem(address, environment), sealedSentence);
      const up = lab.run("VAULT_TOKEN=hvs.any pulumi up --stack homelab-vault --skip-preview");
      assert.notEqual(up.code, 0);
      assert.ok(up.text.includes(`${sealedSentence}; nothing was changed`), up.text);
      for (const command of ["npm run with-vault -- true", "npm run doctor"]) {
        const { code, text } = lab.run(command);
        assert.notEqual(code, 0, command);
        assert.match(text, /Vault is sealed/, command);
        assert.ok(!text.includes("    at "), text);
      }
    });

    it("it is open once a person has given it the key of the copy, by the command that is said", async () => {
      const { lab, address, secrets } = current();
      const { text } = lab.run("npm run with-vault -- true || true");
      const command = /`(kubectl [^`]* operator unseal)`/.exec(text)?.[1] ?? "";
      assert.notEqual(command, "", text);
      const copied = lab.run(`grep ' key-1: ' ~/vault-unseal-keys.yaml | cut -d ' ' -f 4 | base64 -d`);
      assert.equal(copied.text, secrets.key);
      const typed = await answerAtTerminal({ command, question: /Unseal Key/, answer: secrets.key });
      assert.equal(typed.code, 0, typed.text);
      current().assertKept(typed.text);
      await untilOpen(address, 5);
      assert.equal(lab.run("npm run doctor").code, 0);
    });

    it("back to kubernetes-secret, with the keys from the copy, nobody is needed any more", async () => {
      const { lab, address } = current();
      const restore = documentedCommands("vault-restore.md", "A new Vault, or a new cluster");
      const put = lab.run(documentedLine(restore, "-f ~/vault-unseal-keys.yaml"));
      assert.equal(put.code, 0, put.text);
      lab.mode = "kubernetes-secret";
      await (await lab.platform()).up();
      await replaceVaultPod();
      await untilOpen(address, 30);
      current().assertKept(printedByPods());
    });
  });
}
