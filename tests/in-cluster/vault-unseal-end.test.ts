import assert from "node:assert/strict";
import { chmodSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { initialise } from "../support/vault-life/sealable-vault";
import { SealedVault } from "../support/vault-life/sealed-vault";
import { until, UnsealerRun } from "../support/vault-life/unsealer-run";
import { wayOfNode, waysOfMachine } from "../support/vault-life/unsealer-ways";
import { VaultGate } from "../support/vault-life/vault-gate";

const never = () => new Promise<undefined>(() => undefined);

describe("script vault-unseal as a process", () => {
  for (const way of [wayOfNode, ...waysOfMachine])
    describe(`with ${way.name}`, () => {
      let gate: VaultGate;
      let unsealer: UnsealerRun;

      beforeEach(async () => {
        gate = new VaultGate(new SealedVault());
        await gate.vault.start();
        await gate.listen();
        unsealer = new UnsealerRun(way);
      });

      afterEach(async () => {
        await unsealer.remove();
        await gate.close();
        await gate.vault.stop();
      });

      const endsAtOnce = async () => {
        const took = await unsealer.end();
        // Less than its pause, than what a request may take, and than the kubelet waits.
        assert.ok(took < 4000, `${took} ms`);
        assert.deepEqual([unsealer.exitCode, readdirSync(unsealer.work)], [0, []]);
      };

      it("ends at once when it is told to, in its pause", async () => {
        unsealer.start(gate.address, { PAUSE: "60" });
        await unsealer.says(/not initialised/);
        await endsAtOnce();
        assert.equal(unsealer.lines.length, 1, unsealer.log);
      });

      it("ends at once while Vault keeps it waiting, and leaves no key behind", async () => {
        unsealer.putKeys((await initialise(gate.vault, 1, 1)).keys);
        gate.before = ({ body }) => (body === "" ? Promise.resolve(undefined) : never());
        unsealer.start(gate.address);
        await until(
          () => gate.keys.length === 1,
          () => unsealer.log,
        );
        assert.ok(readdirSync(unsealer.work).includes("body"));
        await endsAtOnce();
      });

      it("takes away what a killed one has left", async () => {
        writeFileSync(join(unsealer.work, "body"), "left");
        unsealer.start(gate.address);
        await unsealer.says(/not initialised/);
        assert.ok(!readdirSync(unsealer.work).includes("body"));
      });

      it("touches a file for as long as it runs", async () => {
        const alive = join(unsealer.work, "alive");
        unsealer.start(gate.address);
        await unsealer.says(/not initialised/);
        utimesSync(alive, 0, 0);
        await until(
          () => statSync(alive).mtimeMs > Date.now() - 60_000,
          () => "it is not touched",
        );
      });

      it("ends with one sentence where it cannot work", async () => {
        const wrong: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
          [
            { VAULT_ADDR: "https://vault" },
            "VAULT_ADDR is no address inside the cluster; use one that starts with http://",
          ],
          [
            { VAULT_ADDR: "-O/etc/passwd" },
            "VAULT_ADDR is no address inside the cluster; use one that starts with http://",
          ],
          [{ PAUSE: "" }, "PAUSE is no number of seconds"],
          [{ PAUSE: "1; id" }, "PAUSE is no number of seconds"],
          [{ WORK: "/nowhere" }, "nothing can be written to the folder WORK; mount one"],
        ];
        for (const [variables, sentence] of wrong) {
          const run = new UnsealerRun(way);
          run.start(gate.address, variables);
          await until(
            () => run.exitCode !== null,
            () => run.log,
          );
          await pause(20);
          assert.deepEqual([run.exitCode, run.lines], [1, [sentence]]);
          await run.remove();
        }
      });

      it("says so where something else answers than Vault", async () => {
        gate.before = () => Promise.resolve(new Response("<html>\n"));
        unsealer.start(gate.address);
        await unsealer.says(new RegExp(`^what answers at ${gate.address} is not Vault$`));
        assert.deepEqual(gate.keys, []);
      });
    });

  it("does not wait for ever for an answer", async () => {
    const gate = new VaultGate(new SealedVault());
    await gate.vault.start();
    await gate.listen();
    gate.before = never;
    const unsealer = new UnsealerRun();
    unsealer.start(gate.address);
    await unsealer.says(/does not answer/);
    gate.before = () => Promise.resolve(undefined);
    await unsealer.says(/not initialised/);
    await unsealer.remove();
    await gate.close();
    await gate.vault.stop();
  });

  it("names the program that an image lacks", async () => {
    const elsewhere = new UnsealerRun();
    writeFileSync(join(elsewhere.work, "wget"), "#!/bin/sh\n");
    chmodSync(join(elsewhere.work, "wget"), 0o755);
    const way = { name: "an image without it", command: ["/bin/sh"], path: elsewhere.work } as const;
    const unsealer = new UnsealerRun(way);
    unsealer.start("http://127.0.0.1:1");
    await unsealer.says(/^the image has no timeout; use that of Vault or OpenBao$/);
    await unsealer.remove();
    await elsewhere.remove();
  });
});
