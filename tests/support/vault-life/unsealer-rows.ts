import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { enterKey, initialise, type SealableVault, sealStatus } from "./sealable-vault";
import { until, UnsealerRun } from "./unsealer-run";
import type { Way } from "./unsealer-ways";
import { VaultGate } from "./vault-gate";

const opened = "Vault is unsealed";
const refusal =
  /^Vault refuses the keys in the Secret vault-unseal-keys: .*; put the right ones there, or open it by hand/;

const foreignKey = () => randomBytes(33).toString("hex");

/** What the unsealer does for a Vault, whichever it is: one that stands in for it, or a real one. */
export function unsealerRows(way: Way, make: () => SealableVault): void {
  let vault: SealableVault;
  let gate: VaultGate;
  let unsealer: UnsealerRun;

  beforeEach(async () => {
    vault = make();
    await vault.start();
    gate = new VaultGate(vault);
    await gate.listen();
    unsealer = new UnsealerRun(way);
  });

  afterEach(async () => {
    await unsealer.remove();
    await gate.close();
    await vault.stop();
    vault.remove();
  });

  const restart = () => vault.stop().then(() => vault.start());

  const moreLooks = async (times: number) => {
    const { looks } = gate;
    await until(
      () => gate.looks >= looks + times,
      () => "it looks no more",
    );
  };

  /** Initialised, and its keys are in the Secret. */
  const withKeys = async (shares = 1, threshold = 1) => {
    const { keys } = await initialise(vault, shares, threshold);
    unsealer.putKeys(keys);
    return keys;
  };

  /** Opened by keys that are never called wrong, though something happens before the second one arrives. */
  const openedThough = async (happens = () => Promise.resolve()) => {
    gate.before = async ({ body }) => {
      if (body.includes("key") && gate.keys.length === 2) await happens();
      return undefined;
    };
    unsealer.start(gate.address);
    await unsealer.says(/unsealed/);
    assert.ok(!unsealer.log.includes("refuses"), unsealer.log);
  };

  it("opens it at the start, and says so once", async () => {
    const keys = await withKeys();
    unsealer.start(gate.address);
    await unsealer.says(/unsealed/);
    await moreLooks(4);
    assert.deepEqual(unsealer.lines, ["Vault is sealed: opening it with 1 key", opened]);
    assert.deepEqual(gate.keys, keys);
    assert.equal((await sealStatus(vault)).sealed, false);
    const [sent] = gate.calls.filter(({ body }) => body !== "");
    assert.deepEqual([sent?.asked, sent?.contentType], ["POST /v1/sys/unseal", "application/json"]);
  });

  it("opens it after each of three restarts", async () => {
    await withKeys();
    unsealer.start(gate.address);
    for (const times of [1, 2, 3, 4]) {
      await unsealer.says(/unsealed/, times);
      assert.equal((await sealStatus(vault)).sealed, false);
      await restart();
    }
  });

  it("enters three of five keys where three are needed, in either form and with the line end of an editor", async () => {
    const { keys_base64: keys } = await initialise(vault, 5, 3);
    unsealer.putKeys(keys.map((key) => `${key}\n`));
    unsealer.start(gate.address);
    await unsealer.says(/unsealed/);
    assert.deepEqual(unsealer.lines, ["Vault is sealed: opening it with 3 keys", opened]);
    assert.deepEqual(gate.keys, keys.slice(0, 3));
  });

  for (const shares of [3, 5])
    it(`opens it though it restarts in the middle, with ${shares} keys of which three are needed`, async () => {
      await withKeys(shares, 3);
      await openedThough(restart);
    });

  it("waits for the keys, and says once that there are none", async () => {
    const { keys } = await initialise(vault, 3, 2);
    unsealer.start(gate.address);
    await unsealer.says(
      /^no keys in the Secret vault-unseal-keys: Vault stays sealed; put them there, or open it by hand/,
    );
    unsealer.putKeys(keys.slice(0, 1));
    await unsealer.says(/^too few keys in the Secret vault-unseal-keys: 1 of 2; put the others there, or /);
    assert.deepEqual(gate.keys, []);
    unsealer.putKeys(keys);
    await unsealer.says(/unsealed/);
    assert.equal(unsealer.lines.length, 4, unsealer.log);
  });

  it("leaves alone what a person enters, as long as it has too few keys", async () => {
    const { keys } = await initialise(vault, 3, 2);
    unsealer.putKeys(keys.slice(0, 1));
    await enterKey(vault, keys[1] ?? "");
    unsealer.start(gate.address);
    await unsealer.says(/too few/);
    assert.equal((await sealStatus(vault)).progress, 1);
    await enterKey(vault, keys[2] ?? "");
    await unsealer.says(/unsealed/);
  });

  it("says once that the keys are refused, tries them seldom, and goes on with the right ones", async () => {
    const right = await withKeys();
    unsealer.putKeys([foreignKey().slice(0, 64)]);
    unsealer.start(gate.address);
    await unsealer.says(refusal);
    assert.equal(gate.keys.length, 2);
    await moreLooks(9);
    assert.equal(gate.keys.length, 2, "the same keys are tried again at once");
    await moreLooks(3);
    assert.equal(gate.keys.length, 4, "they are not tried again");
    assert.equal((await sealStatus(vault)).sealed, true);
    unsealer.putKeys(right);
    await unsealer.says(/unsealed/);
    const said = unsealer.lines.map((line) => line.split(" ", 3).join(" "));
    assert.deepEqual(said, ["Vault is sealed:", "Vault refuses the", "Vault is sealed:", "Vault is unsealed"]);
    assert.match(unsealer.log, new RegExp(refusal.source, "m"));
  });

  it("says that keys of which two are the same are refused", async () => {
    const keys = await withKeys(3, 3);
    unsealer.putKeys([0, 1, 1].map((index) => keys[index] ?? ""));
    unsealer.start(gate.address);
    await unsealer.says(refusal);
    await moreLooks(2);
    assert.equal((await sealStatus(vault)).progress, 0);
  });

  it("does not mix its keys with one that somebody else has entered", async () => {
    await withKeys(3, 2);
    await enterKey(vault, foreignKey());
    assert.equal((await sealStatus(vault)).progress, 1);
    await openedThough();
    const [first, ...others] = gate.calls.map(({ body }) => body).filter((body) => body !== "");
    assert.deepEqual([first, others.length], ['{"reset":true}', 2]);
  });

  it("opens it though somebody else enters a wrong key between its own", async () => {
    await withKeys(3, 3);
    await openedThough(() => enterKey(vault, foreignKey()));
  });

  it("says once that it does not answer, and opens it when it is there", async () => {
    await withKeys();
    await vault.stop();
    unsealer.start(gate.address);
    await unsealer.says(new RegExp(`^Vault does not answer at ${gate.address}$`));
    await moreLooks(3);
    assert.equal(unsealer.lines.length, 1, unsealer.log);
    await vault.start();
    await unsealer.says(/unsealed/);
  });

  it("leaves one alone that is not initialised", async () => {
    unsealer.putKeys([foreignKey()]);
    unsealer.start(gate.address);
    await unsealer.says(/^Vault is not initialised yet$/);
    await moreLooks(3);
    assert.deepEqual([gate.keys, unsealer.lines.length], [[], 1]);
    await withKeys();
    await unsealer.says(/unsealed/);
  });

  it("opens it once it has no error of its own any more", async () => {
    await withKeys();
    const broken = () => Promise.resolve(new Response("{}", { status: 500 }));
    gate.before = ({ body }) => (body === "" ? Promise.resolve(undefined) : broken());
    unsealer.start(gate.address);
    await unsealer.says(/^Vault cannot be opened: it answers with an error of its own; look at its log$/);
    assert.equal(gate.keys.length, 1);
    gate.before = () => Promise.resolve(undefined);
    await unsealer.says(/unsealed/);
    assert.equal(unsealer.lines.length, 3, unsealer.log);
  });
}
