import { sayObstacles } from "../support/environment";
import { accessRows } from "./rows/vault-access-rows";
import { backupRows } from "./rows/vault-backup-rows";
import { firstRows } from "./rows/vault-first-rows";
import { manualRows } from "./rows/vault-manual-rows";
import { newVaultRows } from "./rows/vault-new-rows";
import { restartRows } from "./rows/vault-restart-rows";
import { nodeObstacles } from "./support/environment";
import { nameNodeImage } from "./support/node-image";
import { VaultLab } from "./support/vault-lab";
import { removeVault, vaultPlaceObstacles } from "./support/vault-place";
import { VaultRun } from "./support/vault-run";

describe("Vault's life, in containers that run", function () {
  this.timeout(300_000);
  this.slow(1000);
  let canRun = false;
  let lab: VaultLab | undefined;
  let run: VaultRun | undefined;

  before(async function () {
    this.timeout(600_000);
    const missing = await nodeObstacles();
    canRun = !sayObstacles(missing.length > 0 ? missing : await vaultPlaceObstacles());
    if (!canRun) this.skip();
    removeVault();
    await nameNodeImage();
    lab = new VaultLab();
    run = await VaultRun.open(lab);
  });

  after(() => {
    lab?.remove();
    if (canRun) removeVault();
  });

  const current = () => {
    if (!run) throw new Error("the rows have not begun");
    return run;
  };

  firstRows(current);
  accessRows(current);
  backupRows(current);
  restartRows(current);
  manualRows(current);
  newVaultRows(current);
});
