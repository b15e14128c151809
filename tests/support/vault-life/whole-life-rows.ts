import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { vaultObjects } from "../../../model/vault-names";
import type { VaultSeal } from "../../../model/vault-server-settings";
import type { LifePlace } from "./life-place";
import { rowsAt } from "./life-row";
import type { LifeRun } from "./life-run";
import { enterKey } from "./sealable-vault";
import { until } from "./unsealer-run";
import { VaultServer } from "./vault-server";

const modes = { shamir: "manual", static: "kubernetes-secret", transit: "transit" } as const;

/** From an empty server to one that has been restarted, with each seal and the configuration of the plan. */
export function wholeLifeRows(place: LifePlace): void {
  const row = rowsAt(place);
  for (const seal of place.seals)
    row(
      `goes from nothing to open, ends its bootstrap token, and ${seal === "shamir" ? "is opened by its keys" : "opens itself"} after a power cut (${seal})`,
      async (run) => {
        const init = await run.init({ MODE: modes[seal], SHARES: "3", THRESHOLD: "2" });
        assert.equal(await init.code(), 0, init.output);
        await run.expectStored();
        const token = run.given[0]?.token ?? "";
        expectAudited(run, "sys/mounts", await statusOf(run, "sys/mounts", token));
        const end = await run.bootstrapEnd(token);
        assert.equal(await end.code(), 0, end.output);
        assert.equal(await statusOf(run, "auth/token/lookup-self", token), 403);
        assert.equal(await run.api.data("secret", vaultObjects.bootstrapToken), undefined);
        await run.restartVault();
        await open(run, seal);
        assert.equal(await statusOf(run, "auth/token/lookup-self", token), 403);
        const again = await run.init({ MODE: modes[seal], SHARES: "3", THRESHOLD: "2" }, "second");
        assert.equal(await again.code(), 0, again.output);
      },
      { seal },
    );
}

async function open(run: LifeRun, seal: VaultSeal): Promise<void> {
  if (seal === "shamir") {
    assert.equal(await run.health(), 503);
    for (const key of Object.values(run.given[0]?.keys ?? {}).slice(0, 2)) await enterKey(run.vault, key);
  } else assert.equal(run.vaultGate.count(/unseal/), 0);
  await until(
    async () => (await run.health()) === 200,
    () => "it is not open",
  );
}

async function statusOf(run: LifeRun, path: string, token: string): Promise<number> {
  return (await fetch(`${run.vault.address}/v1/${path}`, { headers: { "x-vault-token": token } })).status;
}

/** OpenBao has its audit device from its configuration, so that it is there before the first request. */
function expectAudited({ place, vault }: LifeRun, path: string, status: number): void {
  assert.equal(status, 200);
  if (!(vault instanceof VaultServer) || !place.name.includes("OpenBao")) return;
  assert.ok(existsSync(vault.auditFile));
  const log = readFileSync(vault.auditFile, "utf8");
  assert.ok(log.includes(`"path":"${path}"`), log);
}
