import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { LifePlace } from "./life-place";
import { rowsAt } from "./life-row";

const held = /^DO NOT DELETE THIS POD: it holds Vault's only keys, which cannot be stored yet: /m;

/** Writes down what `vault-init` makes sure to be on the disk. */
const flushes = `
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const { FLUSHES, JOURNAL } = process.env;
  const { fsyncSync } = fs;
  fs.fsyncSync = (file) => {
    fsyncSync(file);
    const hasKeys = fs.readFileSync(JOURNAL, "utf8").trim() !== "";
    const what = fs.fstatSync(file).isDirectory() ? "folder" : hasKeys ? "keys" : "place for keys";
    fs.appendFileSync(FLUSHES, what + "\\n");
  };
  syncBuiltinESMExports();
`;

/** What `vault-init` does while nobody but it has the keys. */
export function initHeldRows(place: LifePlace): void {
  const row = rowsAt(place);

  row("keeps the keys until the API server is back", async (run) => {
    run.vaultGate.after = async ({ asked }) => {
      if (asked.startsWith("POST")) await run.apiGate.close();
      return undefined;
    };
    const init = await run.init({ WAIT_SECONDS: "3" });
    await init.says(held);
    run.vaultGate.after = () => undefined;
    await pause(4500);
    assert.ok(init.isRunning, init.output);
    await run.apiGate.open();
    assert.equal(await init.code(), 0, init.output);
    await run.expectStored();
  });

  row("does not end by SIGTERM while it alone has the keys, and then does", async (run) => {
    run.vaultGate.after = async ({ asked }) => {
      if (asked === "POST /v1/sys/init") await run.apiGate.close();
      return undefined;
    };
    const init = await run.init();
    await init.says(held);
    init.send("SIGTERM");
    await init.says(/^SIGTERM COMES TOO EARLY: this pod holds Vault's only keys/m);
    await pause(1500);
    assert.ok(init.isRunning, init.output);
    await run.apiGate.open();
    assert.equal(await init.code(), 143, init.output);
    const next = await run.init({ MODE: "manual" }, "second");
    assert.equal(await next.code(), 0, next.output);
    await run.expectStored();
  });

  row("does not end by SIGTERM while Vault makes the keys", async (run) => {
    let letGo: (() => void) | undefined;
    run.vaultGate.after = ({ asked }) =>
      asked === "POST /v1/sys/init"
        ? new Promise((resolve) => {
            letGo = () => {
              resolve(undefined);
            };
          })
        : undefined;
    const init = await run.init();
    for (let attempt = 0; attempt < 500 && letGo === undefined; attempt += 1) await pause(20);
    init.send("SIGTERM");
    await init.says(/^SIGTERM COMES TOO EARLY/m);
    letGo?.();
    assert.equal(await init.code(), 143, init.output);
    assert.deepEqual(await run.api.data("secret", run.keysSecret), run.given[0]?.keys);
    assert.equal(await (await run.init({ MODE: "manual" }, "second")).code(), 0);
    await run.expectStored();
  });

  row("stores keys that it cannot write to the disk", async (run) => {
    run.vaultGate.after = ({ asked }) => {
      if (asked !== "POST /v1/sys/init") return undefined;
      const journal = join(run.folder, "journal-first");
      rmSync(journal);
      mkdirSync(journal);
      return undefined;
    };
    const init = await run.init();
    assert.equal(await init.code(), 0, init.output);
    assert.match(init.output, /^the keys could not be written .*; they are in the memory of this process alone$/m);
    await run.expectStored();
  });

  row(
    "has a place for the keys on the disk before Vault makes them, and the keys before it stores them",
    async (run) => {
      const [FLUSHES, preload] = [join(run.folder, "flushes"), join(run.folder, "preload.mjs")];
      writeFileSync(FLUSHES, "");
      writeFileSync(preload, flushes);
      const seen: string[][] = [];
      const look = () => {
        seen.push(readFileSync(FLUSHES, "utf8").split("\n").slice(0, -1));
        writeFileSync(FLUSHES, "");
      };
      run.vaultGate.before = ({ asked }) => {
        if (asked === "POST /v1/sys/init") look();
        return undefined;
      };
      run.apiGate.before = ({ asked }) => {
        if (asked.startsWith("POST ") && asked.includes("/secrets?") && !asked.includes("dryRun")) look();
        return undefined;
      };
      const init = await run.init({ FLUSHES, NODE_OPTIONS: `--import ${pathToFileURL(preload).href}` });
      assert.equal(await init.code(), 0, init.output);
      // The folder once more: for the mark of the request itself.
      assert.deepEqual(seen, [["place for keys", "folder"], ["keys", "folder", "folder"], ["folder"]]);
    },
  );
}
