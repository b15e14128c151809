import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { vaultObjects } from "../../model/vault-names";
import { programs } from "../../plan/program-files";
import { initialise } from "../support/vault-life/sealable-vault";
import { SealedVault } from "../support/vault-life/sealed-vault";
import { UnsealerRun } from "../support/vault-life/unsealer-run";
import { wayOfNode, waysOfMachine } from "../support/vault-life/unsealer-ways";
import { VaultGate } from "../support/vault-life/vault-gate";

const keyForm = /^[A-Za-z0-9+/=]{24,66}$/;

describe("script vault-unseal and the keys", () => {
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

      it("neither sends nor runs what has not the form of a key, and names it", async () => {
        const { keys } = await initialise(gate.vault, 3, 1);
        const mark = join(unsealer.work, "was-run");
        const hostile = [
          `$(touch ${mark})`,
          `\`touch ${mark}\``,
          `"; touch ${mark}; "`,
          `${"a".repeat(32)}","reset":true,"x":"`,
          `${"a".repeat(32)}\n${"b".repeat(32)}`,
          `-O ${mark} ${"a".repeat(32)}`,
          "a".repeat(40) + "é",
          "*",
          "",
          "ab",
          "a".repeat(100_000),
        ];
        unsealer.putKeys(hostile);
        unsealer.start(gate.address);
        const names = hostile.map((_, index) => `key-${index + 1}`);
        await unsealer.says(
          new RegExp(`: 0 of 1; no keys are: ${names.slice(0, 9).join(" ")} .*; put the others there`),
        );
        unsealer.putKeys([...hostile, keys[0] ?? ""]);
        await unsealer.says(/unsealed/);
        assert.deepEqual([gate.keys, existsSync(mark)], [[keys[0]], false]);
        assert.equal(unsealer.lines.length, 3, unsealer.log);
      });

      it("shows no key to whoever can see processes, and keeps none of it", async () => {
        const [key = ""] = (await initialise(gate.vault, 1, 1)).keys;
        unsealer.putKeys([key]);
        let seen: readonly string[] = [];
        let mode = 0;
        gate.before = ({ body }) => {
          if (!body.includes(key)) return Promise.resolve(undefined);
          seen = processes();
          mode = statSync(join(unsealer.work, "body")).mode & 0o777;
          return Promise.resolve(undefined);
        };
        // Shells give such a variable to programs, with the value that it has by then.
        unsealer.start(gate.address, { key: "x", good: "x", refused: "x", answer: "x" });
        await unsealer.says(/unsealed/);
        if (existsSync("/proc/self/cmdline"))
          assert.ok(seen.some((text) => text.includes("wget") && text.includes(`${gate.address}/v1/sys/unseal`)));
        assert.deepEqual(
          seen.filter((text) => text.includes(key)),
          [],
        );
        assert.deepEqual([mode, existsSync(join(unsealer.work, "body"))], [0o600, false]);
        assert.ok(!unsealer.log.includes(key));
      });

      it("takes them through no proxy", async () => {
        const [key = ""] = (await initialise(gate.vault, 1, 1)).keys;
        unsealer.putKeys([key]);
        const proxy = new VaultGate(gate.vault);
        await proxy.listen();
        unsealer.start(gate.address, { http_proxy: proxy.address, https_proxy: proxy.address });
        await unsealer.says(/./);
        await proxy.close();
        assert.deepEqual(proxy.calls, []);
        await unsealer.says(/unsealed/);
      });

      it("writes none of them, also where Vault refuses them or goes away", async () => {
        const { keys } = await initialise(gate.vault, 2, 2);
        const sent = [keys[0] ?? "", "ab".repeat(33)];
        unsealer.putKeys(sent);
        unsealer.start(gate.address);
        await unsealer.says(/refuses/);
        await gate.vault.stop();
        await unsealer.says(/does not answer/);
        await unsealer.end();
        for (const key of sent) assert.ok(!unsealer.log.includes(key));
        assert.deepEqual(readdirSync(unsealer.work), []);
      });
    });

  it("sends nothing but keys, whatever the files hold", async () => {
    const gate = new VaultGate(new SealedVault());
    await gate.vault.start();
    await gate.listen();
    const { keys } = await initialise(gate.vault, 2, 2);
    const content = fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), fc.base64String({ maxLength: 80 }));
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(content, { maxLength: 4 }), async (contents) => {
          const unsealer = new UnsealerRun();
          unsealer.putKeys([...contents, keys[0] ?? ""]);
          unsealer.start(gate.address);
          await unsealer.says(/too few|refuses/);
          await unsealer.remove();
          const strange = gate.keys.filter((key) => !keyForm.test(key));
          assert.deepEqual(strange, []);
          const bodies = gate.calls.map(({ body }) => body).filter((body) => body !== "" && body !== '{"reset":true}');
          for (const body of bodies) assert.match(body, /^{"key":"[^"]*"}$/);
        }),
        { numRuns: 15 },
      );
    } finally {
      await gate.close();
      await gate.vault.stop();
    }
  });

  it("names the Secret as it is called", () => {
    assert.ok(programs.vaultUnseal.includes(`the Secret ${vaultObjects.unsealKeys}`));
    const names = programs.vaultUnseal.matchAll(/Secret ([a-z-]+)/g);
    assert.deepEqual([...new Set([...names].map(([, name]) => name))], [vaultObjects.unsealKeys]);
  });
});

/** Arguments and environment of everything that runs. */
function processes(): readonly string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => ["cmdline", "environ"].map((name) => content(`/proc/${pid}/${name}`)));
}

function content(file: string): string {
  try {
    return readFileSync(file, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
