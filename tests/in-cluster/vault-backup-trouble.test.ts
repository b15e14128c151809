import assert from "node:assert/strict";
import { utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { programs } from "../../plan/program-files";
import { runScript } from "../support/git/run-script";
import { BackupRun } from "../support/vault-backup/backup-run";
import { type ArchiveFiles, snapshotFiles, snapshotOf, sums, tarOf } from "../support/vault-backup/snapshot-archive";
import { BackupVault } from "../support/vault-backup/vault-stand-in";

const older = "vault-20260101T031700Z.snap";

describe("program vault-backup in trouble", () => {
  let vault: BackupVault;
  let backup: BackupRun;

  beforeEach(async () => {
    vault = new BackupVault(snapshotOf(snapshotFiles()));
    await vault.listen();
    backup = new BackupRun();
    backup.place(older);
  });

  afterEach(async () => {
    await vault.close();
    backup.remove();
  });

  const run = (changes: Readonly<Record<string, string>> = {}) => backup.run(vault.address, changes);

  /** It has failed with this sentence, and left nothing but what was there. */
  async function fails(sentence: RegExp, code: number, changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const ended = await run(changes);
    assert.match(ended.sentence, sentence);
    assert.deepEqual([ended.code, backup.names], [code, [older]]);
  }

  it("says that Vault is sealed, and waits for somebody to open it", async () => {
    vault.mishaps.login.push([503, "Vault is sealed"]);
    await fails(/^Vault is sealed: there is no snapshot before it is open; `npm run doctor` says what to do$/, 75);
    vault.mishaps.login.push(...Array.from({ length: 3 }, () => [503, "Vault is sealed"] as const));
    assert.equal((await run({ WAIT_SECONDS: "3" })).code, 0);
    assert.equal(vault.count("/login"), 5);
  });

  it("waits for a Vault that is not there yet, and gives up one that never comes", async () => {
    await vault.close();
    await fails(/^Vault does not answer at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/, 75);
    const running = run({ WAIT_SECONDS: "20" });
    await pause(500);
    await vault.listen({ port: Number(new URL(vault.address).port) });
    assert.equal((await running).code, 0);
  });

  it("names what makes the role that Vault does not know, or does not let in", async () => {
    const advice = /^Vault does not let this account in as idp-backup; `pulumi up` of the vault stack makes that role/;
    vault.mishaps.login.push([400, 'invalid role name "idp-backup"']);
    await fails(advice, 1, { WAIT_SECONDS: "30" });
    assert.equal(vault.count("/login"), 1);
    vault.mishaps.login.push([403, "permission denied"]);
    await fails(advice, 75);
    vault.mishaps.snapshot.push([403, "permission denied"]);
    await fails(/^Vault does not let idp-backup read snapshots; `pulumi up` of the vault stack gives it the right$/, 1);
  });

  it("says what Vault says otherwise, and tries again where it may pass", async () => {
    vault.mishaps.snapshot.push([400, "raft storage is not in use"]);
    await fails(/^Vault answers 400 to the snapshot: .*raft storage is not in use/, 1);
    vault.mishaps.snapshot.push([500, "local node not active"], "cut");
    assert.equal((await run({ WAIT_SECONDS: "3" })).code, 0);
    assert.deepEqual([backup.names.length, vault.count("/revoke-self"), vault.count("/login")], [2, 4, 4]);
  });

  it("counts a snapshot whose token could not be revoked", async () => {
    vault.mishaps.revoke.push([500, "no"]);
    const { code, out } = await run();
    assert.equal(code, 0);
    assert.match(out, /^Vault answers 500 where its token was to be revoked; the token ends by itself$/m);
  });

  it("keeps nothing of a snapshot that breaks off", async () => {
    vault.mishaps.snapshot.push("cut");
    await fails(/^Vault broke the snapshot off, and none was kept: /, 75);
    assert.equal(vault.count("/revoke-self"), 1);
    const whole = vault.snapshot;
    for (const length of [0, 1, 10, 700, whole.length - 700, whole.length - 1]) {
      vault.snapshot = whole.subarray(0, length);
      await fails(/^what Vault sent is no whole snapshot, and was not kept: /, 75);
    }
  });

  it("refuses one in which a byte is another one", async () => {
    const whole = vault.snapshot;
    // In the first file, in the second, in the sums and in the checksum of the whole.
    for (const place of [600, 2000, whole.length - 2600, whole.length - 6]) {
      vault.snapshot = Buffer.from(whole);
      vault.snapshot[place] = (whole[place] ?? 0) ^ 1;
      await fails(/^what Vault sent is no whole snapshot, and was not kept: /, 75);
    }
  });

  const files = snapshotFiles();
  const strange: Readonly<Record<string, readonly [ArchiveFiles, RegExp]>> = {
    "without the sealed sums, which end a whole one": [strip("SHA256SUMS.sealed"), /no SHA256SUMS\.sealed$/],
    "without its state": [strip("state.bin"), /no state\.bin$/],
    "without its sums": [strip("SHA256SUMS"), /sum of meta\.json is wrong$/],
    "with the sums of another one": [{ ...files, SHA256SUMS: Buffer.from(sums(snapshotFiles())) }, /is wrong$/],
    "with a file more": [{ ...files, "other.bin": Buffer.alloc(10) }, /not those of a snapshot$/],
    "with nothing in it": [{}, /no meta\.json$/],
  };
  for (const [what, [content, reason]] of Object.entries(strange))
    it(`refuses one ${what}`, async () => {
      vault.snapshot = snapshotOf(content);
      await fails(new RegExp(`^what Vault sent is no whole snapshot, and was not kept: .*${reason.source}`), 75);
    });

  it("refuses an archive that ends in the middle though its compression is whole", async () => {
    const tar = tarOf(files);
    for (const length of [512, 1024, 3000, tar.length - 1024]) {
      vault.snapshot = gzipSync(tar.subarray(0, length));
      await fails(/^what Vault sent is no whole snapshot, and was not kept: /, 75);
    }
    vault.snapshot = gzipSync("<html>Welcome</html>");
    await fails(/no whole snapshot/, 75);
  });

  it("says what to do when the volume is full, and leaves no half of a snapshot", async () => {
    vault.snapshot = snapshotOf(snapshotFiles(400_000));
    // Blocks of 512 bytes: the limit of one process for the size of a file, since no test can fill a disk.
    const limited = 'ulimit -f 100; exec "$NODE" --input-type=module --eval "$PROGRAM"';
    const environment = backup.environment(vault.address);
    const more = { NODE: process.execPath, PROGRAM: programs.vaultBackup };
    const { code, sentence } = await runScript(limited, { ...environment, ...more });
    assert.equal(code, 1);
    assert.match(sentence, /^the volume of the snapshots is full: .* `pulumi up` of the platform stack$/);
    assert.deepEqual(backup.names, [older]);
    assert.equal(vault.count("/revoke-self"), 1);
  });

  it("gives a full volume room again before it writes, where fewer are to stay", async () => {
    for (const day of [2, 3]) backup.place(`vault-2026010${day}T031700Z.snap`);
    vault.mishaps.login.push([400, 'invalid role name "idp-backup"']);
    assert.equal((await run({ KEEP: "1" })).code, 1);
    assert.deepEqual(backup.names, ["vault-20260103T031700Z.snap"]);
  });

  it("clears away what killed runs left, and nothing of one that may still run", async () => {
    const [old, young] = [1, 2].map((number) => `.${String(number).repeat(8)}-aaaa-4aaa-8aaa-aaaaaaaaaaaa.part`);
    for (const name of [old ?? "", young ?? "", ".other.part"]) backup.place(name);
    const longAgo = Date.now() / 1000 - 2 * 3600;
    for (const name of [old ?? "", ".other.part"]) utimesSync(join(backup.folder, name), longAgo, longAgo);
    assert.equal((await run()).code, 0);
    assert.deepEqual(
      backup.names.filter((name) => name.startsWith(".")),
      [young, ".other.part"],
    );
  });

  it("makes two snapshots at once without a mix of both", async () => {
    const ended = await Promise.all([run(), run()]);
    assert.deepEqual(
      ended.map(({ code }) => code),
      [0, 0],
    );
    for (const name of backup.names.filter((name) => name !== older))
      assert.deepEqual(backup.content(name), vault.snapshot);
  });

  it("asks nobody before all that it needs is there and has its form", async () => {
    for (const changes of [{ KEEP: "0" }, { KEEP: "-1" }, { KEEP: "all" }, { WAIT_SECONDS: "x" }, { FOLDER: "here" }])
      assert.match((await run(changes)).sentence, /^(KEEP|WAIT_SECONDS|FOLDER) has not the form that it must have$/);
    assert.match((await run({ S3_ENDPOINT: "http://127.0.0.1:1" })).sentence, /^S3_BUCKET is not set$/);
    assert.match((await run({ FOLDER: "/nowhere" })).sentence, /no such file or directory/);
    assert.deepEqual(vault.calls, []);
    assert.match((await run({ TOKEN_FILE: "/nowhere" })).sentence, /no such file or directory/);
    assert.match((await run({ VAULT_AUTH: "a/../b" })).sentence, /^VAULT_AUTH has not the form/);
    assert.deepEqual([vault.calls, backup.names], [[], [older]]);
  });

  function strip(name: string): ArchiveFiles {
    return Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
  }
});
