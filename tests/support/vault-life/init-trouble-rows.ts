import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { initHeldRows } from "./init-held-rows";
import type { LifeCall } from "./life-gate";
import type { LifePlace } from "./life-place";
import { rowsAt } from "./life-row";

/** What `vault-init` does while something is away, or is killed. */
export function initTroubleRows(place: LifePlace): void {
  initHeldRows(place);
  const row = rowsAt(place);

  row("stores with the next container what a killed one could not", async (run) => {
    run.apiGate.before = (call) => (isStore(call) ? new Promise(() => undefined) : undefined);
    const killed = await run.init();
    await until(() => run.apiGate.calls.some(isStore));
    await killed.kill("SIGKILL");
    run.apiGate.before = () => undefined;
    const next = await run.init();
    assert.equal(await next.code(), 0, next.output);
    await run.expectStored();
    assert.equal(await run.health(), 200);
    assert.equal(run.vaultGate.count(/^POST .*init/), 1);
  });

  row("takes for its own what a killed container has stored", async (run) => {
    let last: LifeCall | undefined;
    run.apiGate.after = (call) => {
      if (!isStore(call)) return undefined;
      last = call;
      return call.body.includes(run.keysSecret) ? new Promise(() => undefined) : undefined;
    };
    const killed = await run.init();
    await until(() => last?.body.includes(run.keysSecret) ?? false);
    await killed.kill("SIGKILL");
    run.apiGate.after = () => undefined;
    const next = await run.init();
    assert.equal(await next.code(), 0, next.output);
    await run.expectStored();
  });

  row("does not initialise while the API server is away", async (run) => {
    await run.apiGate.close();
    const init = await run.init({ WAIT_SECONDS: "1" });
    assert.equal(await init.code(), 75);
    assert.match(init.output, /^the API server does not answer at http:.*ECONNREFUSED/m);
    assert.equal(await run.isInitialised(), false);
  });

  row("does not initialise without the right to store, and says so", async (run) => {
    await run.api.letStore(false);
    const init = await run.init();
    assert.equal(await init.code(), 1);
    assert.match(
      init.output,
      /answers 403 to whether it would store .*`pulumi up` of the platform stack gives it the right$/m,
    );
    assert.equal(await run.isInitialised(), false);
  });

  row("does not initialise without a place for its journal", async (run) => {
    const init = await run.init({ JOURNAL: `${run.folder}/none/journal` });
    assert.equal(await init.code(), 1);
    assert.match(init.output, /the journal cannot be written \(ENOENT\), so Vault has not been initialised/);
    assert.equal(await run.isInitialised(), false);
  });

  row("ends by SIGTERM at once while there are no keys", async (run) => {
    await run.apiGate.close();
    const init = await run.init();
    await init.says(/does not answer/);
    init.send("SIGTERM");
    assert.equal(await init.code(), 143);
    assert.equal(await run.isInitialised(), false);
  });

  row(
    "tries again whatever the API server answers to the keys, and shows nothing of what that repeats",
    async (run) => {
      const fates = [401, 403, 409, 422, 500, 429];
      run.apiGate.before = (call) => {
        const status = isStore(call) ? fates.shift() : undefined;
        const body = JSON.stringify({ reason: "Odd", message: `no, because of ${call.body}` });
        return status === undefined ? undefined : { status, body };
      };
      const init = await run.init();
      assert.equal(await init.code(), 0, init.output);
      for (const status of [401, 403, 409, 422, 500, 429])
        assert.match(init.output, new RegExp(`answers ${status} to storing the Secret`));
      await run.expectStored();
    },
  );

  row("knows a Secret for its own when the answer got lost", async (run) => {
    const seen = new Set<string>();
    run.apiGate.after = (call) => {
      if (!isStore(call) || seen.has(call.body)) return undefined;
      seen.add(call.body);
      return "cut";
    };
    const init = await run.init();
    assert.equal(await init.code(), 0, init.output);
    assert.equal(seen.size, 2);
    await run.expectStored();
  });

  row(
    "keeps its keys beside a Secret of somebody else, also in the next container, until that is put away",
    async (run) => {
      run.vaultGate.after = async ({ asked }) => {
        if (asked === "POST /v1/sys/init") await run.api.put("secret", run.keysSecret, { "key-1": "theirs" });
        return undefined;
      };
      const first = await run.init();
      await first.says(
        /is not of this Vault; put it away: \(umask 077; kubectl .* get secret .*\); kubectl .* delete secret/,
      );
      await first.kill("SIGKILL");
      const next = await run.init();
      await next.says(/is not of this Vault/);
      assert.ok(next.isRunning);
      await run.api.remove("secret", run.keysSecret);
      assert.equal(await next.code(), 0, next.output);
      await run.expectStored();
    },
  );

  row("waits for a Vault that is not there yet", async (run) => {
    await run.vaultGate.close();
    const init = await run.init();
    await init.says(/^Vault does not answer/m);
    await run.vaultGate.open();
    assert.equal(await init.code(), 0, init.output);
    await run.expectStored();
  });

  row("opens a Vault that starts anew in the middle of it", async (run) => {
    let entered = 0;
    run.vaultGate.before = async ({ asked }) => {
      if (asked === "POST /v1/sys/unseal" && ++entered === 3) await run.restartVault();
      return undefined;
    };
    const init = await run.init({ SHARES: "5", THRESHOLD: "3", WAIT_SECONDS: "30" });
    assert.equal(await init.code(), 0, init.output);
    assert.ok(entered > 3);
    assert.equal(await run.health(), 200);
    await run.expectStored();
  });

  row("says what Vault has against it, and can be run again", async (run) => {
    const refused = await run.init({ SHARES: "3", THRESHOLD: "5" });
    assert.equal(await refused.code(), 1, refused.output);
    assert.match(refused.output, /^Vault answers 400 to the request to initialise it: .*threshold/m);
    assert.equal(await run.isInitialised(), false);
    const right = await run.init({ SHARES: "5", THRESHOLD: "3" });
    assert.equal(await right.code(), 0, right.output);
    await run.expectStored();
  });
}

/** A Secret that is really to be made. */
function isStore({ asked }: LifeCall): boolean {
  return asked.startsWith("POST ") && asked.includes("/secrets?") && !asked.includes("dryRun");
}

async function until(isSo: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500 && !isSo(); attempt += 1) await pause(20);
  assert.ok(isSo());
}
