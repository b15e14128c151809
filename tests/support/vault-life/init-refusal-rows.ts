import assert from "node:assert/strict";
import { vaultObjects } from "../../../model/vault-names";
import type { LifePlace } from "./life-place";
import type { LifeProcess } from "./life-process";
import { rowsAt } from "./life-row";
import type { LifeRun } from "./life-run";
import { enterKey, initialise } from "./sealable-vault";

/** Where `vault-init` does nothing and says what a person can do. */
export function initRefusalRows(place: LifePlace): void {
  const row = rowsAt(place);

  row(
    "cannot be overlooked when the keys are lost for good, and begins anew once its commands were run",
    async (run) => {
      const first = await run.init();
      run.vaultGate.after = async ({ asked }) => {
        if (asked === "POST /v1/sys/init") await first.kill("SIGKILL");
        return undefined;
      };
      await first.code();
      run.vaultGate.after = () => undefined;
      for (const journal of ["first", "of another pod"]) {
        const next = await run.init({ WAIT_SECONDS: "1" }, journal);
        assert.equal(await next.code(), 1);
        assert.match(next.output, /^VAULT WAS INITIALISED AND ITS KEYS ARE LOST: \S+ began it at \d{4}-.*\n/m);
        assert.match(next.output, /^ {2}kubectl -n \S+ delete pvc data-vault-0/m);
        const record = await run.api.data("configmap", vaultObjects.initialisation);
        assert.match(record?.["trouble"] ?? "", /^VAULT WAS INITIALISED AND ITS KEYS ARE LOST/);
        if (journal !== "first") await obey(run, next.output);
      }
      const anew = await run.init({}, "third");
      assert.equal(await anew.code(), 0, anew.output);
      assert.equal(run.given.length, 2);
      run.vaultGate.answers.splice(
        0,
        run.vaultGate.answers.findIndex(({ asked }) => asked === "POST /v1/sys/init") + 1,
      );
      await run.expectStored();
      assert.equal(await run.health(), 200);
    },
  );

  row("waits for the keys of another run before it gives them up", async (run) => {
    await run.api.put("configmap", vaultObjects.initialisation, { phase: "started" });
    await initialise(run.vault, 1, 1);
    const init = await run.init();
    await init.says(/another run may hold them/);
    await run.api.put("secret", run.keysSecret, { "key-1": "of the other run" });
    await init.says(/its keys are stored$/m);
    assert.match(init.output, /^the bootstrap token was not stored; make one with the keys/m);
  });

  row("waits less long for the keys of another run than for Vault", async (run) => {
    await run.api.put("configmap", vaultObjects.initialisation, { phase: "started" });
    await initialise(run.vault, 1, 1);
    const init = await run.init({ WAIT_SECONDS: "600", KEYS_SECONDS: "2" });
    assert.equal(await init.code(), 1);
    assert.match(init.output, /another run may hold them\nVAULT WAS INITIALISED AND ITS KEYS ARE LOST/);
  });

  row("does not take a Vault for empty that somebody has just opened", async (run) => {
    await run.api.put("configmap", vaultObjects.initialisation, { phase: "started" });
    const { keys } = await initialise(run.vault, 1, 1);
    await enterKey(run.vault, keys[0] ?? "");
    const init = await run.init({ WAIT_SECONDS: "1" });
    assert.equal(await init.code(), 1);
    assert.match(init.output, /Whoever opened it has them\. Hand them over:\n {2}kubectl .* create secret generic/);
    assert.ok(!init.output.includes("pvc"));
  });

  row("leaves alone what somebody else has initialised, until the keys are handed over", async (run) => {
    const { keys } = await initialise(run.vault, 1, 1);
    const init = await run.init();
    assert.equal(await init.code(), 1);
    assert.match(init.output, /^Vault was initialised by somebody else: .*Nothing was changed\.$/m);
    assert.match(
      init.output,
      new RegExp(`^  kubectl -n \\S+ create secret generic ${run.keysSecret} --from-file=key-1`, "m"),
    );
    assert.match(init.output, /idp:vault\.unseal\.mode to manual/);
    for (const [THRESHOLD, files] of [
      ["1", " --from-file=key-1"],
      ["3", " --from-file=key-1 --from-file=key-2 --from-file=key-3"],
    ] as const) {
      const { output } = await ended(await run.init({ SHARES: "3", THRESHOLD }));
      assert.match(output, new RegExp(`generic ${run.keysSecret}${files}$`, "m"));
    }
    assert.equal(run.vaultGate.count(/^POST/), 0);
    await run.api.put("secret", run.keysSecret, { "key-1": keys[0] ?? "" });
    await enterKey(run.vault, keys[0] ?? "");
    const next = await run.init();
    assert.equal(await next.code(), 0, next.output);
    assert.deepEqual(await run.api.data("configmap", vaultObjects.initialisation), { phase: "stored" });
  });

  row(
    "can be told that a person keeps the recovery keys of a Vault which somebody else has initialised",
    async (run) => {
      await (await run.init()).code();
      await run.api.remove("secret", run.keysSecret);
      await run.api.remove("configmap", vaultObjects.initialisation);
      const init = await run.init({}, "second");
      assert.equal(await init.code(), 1);
      const commands = [...init.output.matchAll(/^ {2}kubectl -n \S+ (.* configmap .*)$/gm)].map(
        ([, command]) => command,
      );
      // What the refusal is written into has that name, too.
      assert.deepEqual(commands, [
        `delete configmap ${vaultObjects.initialisation} --ignore-not-found`,
        `create configmap ${vaultObjects.initialisation} --from-literal=phase=stored`,
      ]);
      await run.api.put("configmap", vaultObjects.initialisation, { phase: "stored" });
      const next = await run.init({}, "third");
      assert.equal(await next.code(), 0, next.output);
    },
    { seal: "static" },
  );

  row("leaves the keys with whoever has initialised Vault where a person keeps them", async (run) => {
    await initialise(run.vault, 1, 1);
    const init = await run.init({ MODE: "manual" });
    assert.equal(await init.code(), 0, init.output);
    assert.match(init.output, /^Vault was initialised by somebody else, who keeps its keys\nVault is sealed\./m);
    assert.equal(await run.api.data("secret", run.keysSecret), undefined);
  });

  row("says when the keys are gone from the cluster", async (run) => {
    await (await run.init()).code();
    await run.api.remove("secret", run.keysSecret);
    const init = await run.init({}, "second");
    assert.equal(await init.code(), 1);
    assert.match(
      init.output,
      /^THE KEYS OF VAULT ARE GONE FROM THE CLUSTER: .*\n.*\n {2}kubectl -n \S+ replace --force -f ~\//m,
    );
    const kept = await run.init({ MODE: "manual" }, "of a person");
    assert.equal(await kept.code(), 0, kept.output);
    assert.deepEqual((await run.api.data("configmap", vaultObjects.initialisation))?.["trouble"], undefined);
    await run.api.put("secret", run.keysSecret, run.given[0]?.keys ?? {});
    const next = await run.init({}, "third");
    assert.equal(await next.code(), 0, next.output);
    await run.expectStored();
  });

  for (const [title, MODE, areTakenAway] of [
    ["the keys of an earlier one", "kubernetes-secret", false],
    ["the record of an earlier one", "manual", true],
  ] as const)
    row(`does not initialise an empty Vault beside ${title}, until they are put away`, async (run) => {
      await (await run.init({ MODE })).code();
      if (areTakenAway) await run.api.remove("secret", run.keysSecret);
      await run.emptyVault();
      const init = await run.init({ MODE }, "second");
      assert.equal(await init.code(), 1);
      assert.match(init.output, /^Vault is empty, but the .* Nothing was changed\.$/m);
      assert.match(init.output, /restore a snapshot: docs\/vault-restore\.md, "A new Vault, or a new cluster"/);
      const copy = `  \\(umask 077; kubectl -n \\S+ get secret ${run.keysSecret} -o yaml > ~/${run.keysSecret}\\.yaml\\)`;
      assert.equal(new RegExp(`^${copy}$`, "m").test(init.output), !areTakenAway, init.output);
      assert.equal(await run.isInitialised(), false);
      await obey(run, init.output);
      const next = await run.init({ MODE }, "third");
      assert.equal(await next.code(), 0, next.output);
      assert.equal(run.given.length, 2);
    });

  row("does not initialise an empty Vault beside the token of an earlier one", async (run) => {
    await run.api.put("secret", vaultObjects.bootstrapToken, { token: "hvs.earlier" });
    const init = await run.init();
    assert.equal(await init.code(), 1);
    assert.match(init.output, /^Vault is empty, but the Secret \S+ holds the bootstrap token of an earlier one/m);
    assert.equal(await run.isInitialised(), false);
    await obey(run, init.output);
    assert.equal(await (await run.init()).code(), 0);
    await run.expectStored();
  });
}

async function ended(process: LifeProcess): Promise<LifeProcess> {
  await process.code();
  return process;
}

/** Does what the commands say, as far as they change something. */
async function obey(run: LifeRun, advice: string): Promise<void> {
  const commands = [...advice.matchAll(/^ {2}kubectl -n (\S+) delete (\S+) (\S+)/gm)];
  assert.ok(commands.length > 0, advice);
  for (const [, namespace, kind, name = ""] of commands) {
    assert.equal(namespace, run.api.namespace);
    if (kind === "pvc") await run.emptyVault();
    if (kind === "secret" || kind === "configmap") await run.api.remove(kind, name);
  }
}
