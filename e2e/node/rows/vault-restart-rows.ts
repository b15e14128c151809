import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { applicationVaultPath } from "../../../model/names";
import { vaultState } from "../../../inputs/vault-status";
import { platformNamespaces } from "../../../model/platform-names";
import { vaultAccounts, vaultObjects, vaultPodLabels } from "../../../model/vault-names";
import { kubectl } from "../../support/kubectl";
import { eventually } from "../support/eventually";
import { printedByPods, replaceVaultPod, untilOpen } from "../support/vault-pod";
import { cutPower, powerObstacles, restorePower } from "../support/vault-power-cut";
import { projectName, vaultMount } from "../support/vault-project";
import type { VaultRun } from "../support/vault-run";

const namespace = platformNamespaces.vault;

/** How often the pod is deleted. */
const restarts = 10;

/** Seconds within which Vault has to be open again, from the start of its container on. */
const limit = 30;

/** Seconds from the start of the node; the kubelet takes its time over the first containers. */
const limitAfterPowerCut = 120;

const secretPath = applicationVaultPath(projectName, "api");

/** Vault comes back whatever happens to its pod, and nobody does anything about it. */
export function restartRows(current: () => VaultRun): void {
  describe("whenever it has been restarted", () => {
    it(`Vault is open within ${limit} s of its start, ${restarts} times`, async () => {
      const times: string[] = [];
      for (let count = 0; count < restarts; count++) {
        const { deleted, started } = await replaceVaultPod();
        const opened = await untilOpen(current().address, limit);
        times.push(`${seconds(opened - started)} (${seconds(opened - deleted)})`);
        assert.ok(opened - started < limit * 1000, times.join(", "));
      }
      tell(`seconds from the start of the container (from the deletion of the pod) to open: ${times.join(", ")}`);
    });

    it("T16: the unsealer has said that it opened Vault, and nobody the key", () => {
      const log = kubectl("logs", "-n", namespace, `deployment/${vaultAccounts.unsealer}`);
      assert.ok(log.split("\n").filter((line) => line === "Vault is unsealed").length > restarts, log);
      current().assertKept(printedByPods());
    });

    it("it waits for the right keys where others have taken their place, and takes them as soon as they are there", async () => {
      const { address, secrets } = current();
      putKey("ff".repeat(secrets.key.length / 2));
      await replaceVaultPod();
      const unsealer = () => kubectl("logs", "-n", namespace, `deployment/${vaultAccounts.unsealer}`, "--tail", "1");
      assert.match(await eventually(unsealer, (line) => line.includes("refuses the keys")), /refuses the keys/);
      assert.equal((await vaultState(address)).kind, "sealed");
      putKey(secrets.key);
      await untilOpen(address, limit);
      current().assertKept(printedByPods());
    });

    it("Vault and its secrets are there after a power cut of the whole node", async function () {
      const missing = powerObstacles();
      if (missing.length > 0) {
        tell(`left out: ${missing.join("; ")}`);
        this.skip();
      }
      const value = randomUUID();
      await (await current().operator()).writeSecret(vaultMount, secretPath, { value });
      const { address } = current();
      const cut = Date.now();
      await cutPower();
      const isSilent = (await vaultState(address)).kind === "silent";
      const restored = Date.now();
      restorePower();
      assert.ok(isSilent, "Vault answered in the dark");
      const opened = await untilOpen(address, limitAfterPowerCut);
      tell(
        `seconds from the start of the node to open: ${seconds(opened - restored)}; dark: ${seconds(restored - cut)}`,
      );
      const { data } = await (await current().operator()).readSecret(vaultMount, secretPath);
      assert.deepEqual(data, { value });
    });
  });
}

/** Puts a key into the Secret. The kubelet looks at it again within a minute or so, and whenever the pod itself changes. */
function putKey(key: string): void {
  const patch = JSON.stringify({ stringData: { "key-1": key } });
  kubectl("patch", "secret", vaultObjects.unsealKeys, "-n", namespace, "-p", patch);
  const label = Object.entries(vaultPodLabels(vaultAccounts.unsealer)).map((entry) => entry.join("="));
  const mark = `idp-rows/changed=${Date.now()}`;
  kubectl("annotate", "pods", "-n", namespace, "-l", label.join(), "--overwrite", mark);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

/** Figures are part of what these rows are for. */
function tell(text: string): void {
  process.stdout.write(`      ${text}\n`);
}
