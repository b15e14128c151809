import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { accountToken, BackupRun } from "../support/vault-backup/backup-run";
import { snapshotFiles, snapshotOf } from "../support/vault-backup/snapshot-archive";
import { BackupVault, vaultToken } from "../support/vault-backup/vault-stand-in";

const made = /^vault-\d{8}T\d{6}Z\.snap$/;
const older = [1, 2, 3, 4].map((day) => `vault-2026010${day}T031700Z.snap`);

describe("program vault-backup", () => {
  let vault: BackupVault;
  let backup: BackupRun;

  beforeEach(async () => {
    vault = new BackupVault(snapshotOf(snapshotFiles()));
    await vault.listen();
    backup = new BackupRun();
  });

  afterEach(async () => {
    await vault.close();
    backup.remove();
  });

  const run = (changes: Readonly<Record<string, string>> = {}) => backup.run(vault.address, changes);

  it("logs in, keeps the snapshot under the time of now, and revokes its token", async () => {
    const { code, out, err } = await run();
    assert.deepEqual([code, err], [0, ""]);
    assert.deepEqual(vault.calls, [
      "POST /v1/auth/kubernetes/login",
      `GET /v1/sys/storage/raft/snapshot ${vaultToken}`,
      `POST /v1/auth/token/revoke-self ${vaultToken}`,
    ]);
    assert.deepEqual(JSON.parse(vault.bodies[0] ?? ""), { role: "idp-backup", jwt: accountToken });
    const [name = "", ...others] = backup.names;
    assert.deepEqual(others, []);
    assert.match(name, made);
    const written = name.replace(/^vault-(....)(..)(..)T(..)(..)(..)Z\.snap$/, "$1-$2-$3T$4:$5:$6Z");
    assert.ok(Math.abs(Date.parse(written) - Date.now()) < 60_000, name);
    assert.deepEqual(backup.content(name), vault.snapshot);
    assert.equal(statSync(join(backup.folder, name)).mode & 0o777, 0o600);
    assert.equal(out, `${name} is there: ${vault.snapshot.length} bytes, whole\nsnapshots: 1, at most 3\n`);
  });

  it("removes all but the newest snapshots, and nothing that it did not make", async () => {
    const foreign = ["vault.snap", "vault-20200101T000000Z.snap.old", "lost+found", "notes.txt", ".keep"];
    for (const name of [...older, ...foreign]) backup.place(name);
    const { code, out } = await run();
    assert.equal(code, 0);
    const left = backup.names.filter((name) => made.test(name));
    assert.deepEqual(left.slice(0, 2), older.slice(2));
    assert.equal(left.length, 3);
    assert.deepEqual(
      backup.names.filter((name) => !made.test(name)),
      [...foreign].sort(),
    );
    assert.match(out, /^snapshots: 3, at most 3; removed: 1$/m);
  });

  it("keeps the one that it has made when the clock was wrong before", async () => {
    const future = ["vault-20990101T000000Z.snap", "vault-20990102T000000Z.snap"];
    for (const name of [...older.slice(0, 1), ...future]) backup.place(name);
    assert.equal((await run({ KEEP: "1" })).code, 0);
    assert.equal(backup.names.length, 1);
    assert.deepEqual(backup.content(backup.names[0] ?? ""), vault.snapshot);
  });

  it("says nothing that is secret", async () => {
    vault.mishaps.login.push([500, `no: ${accountToken}`], [400, `bad ${accountToken}`]);
    vault.mishaps.snapshot.push([500, `no: ${vaultToken}`]);
    const all = [await run(), await run(), await run(), await run({ WAIT_SECONDS: "5" })];
    for (const { out, err } of all)
      for (const secret of [accountToken, vaultToken]) assert.ok(!`${out}${err}`.includes(secret), `${out}${err}`);
    assert.equal(all.at(-1)?.code, 0);
  });

  it("holds no snapshot in memory as a whole", async function () {
    this.timeout(30_000);
    const small = await backup.memory(vault.address);
    vault.snapshot = snapshotOf(snapshotFiles(192 * 1024 * 1024));
    const large = await backup.memory(vault.address);
    assert.ok(large - small < 128, `${small} MiB, and ${large} MiB for 192 MiB of secrets`);
  });
});
