import assert from "node:assert/strict";
import { BackupRun } from "../support/vault-backup/backup-run";
import { S3StandIn } from "../support/vault-backup/s3-stand-in";
import { snapshotFiles, snapshotOf } from "../support/vault-backup/snapshot-archive";
import { BackupVault } from "../support/vault-backup/vault-stand-in";

const keys = { accessKey: "AKIDEXAMPLE", secretKey: "canary+of/the-store", region: "eu-central-1" };

describe("program vault-backup with a store", () => {
  let vault: BackupVault;
  let store: S3StandIn;
  let backup: BackupRun;

  beforeEach(async () => {
    vault = new BackupVault(snapshotOf(snapshotFiles()));
    store = new S3StandIn(keys, "backups");
    await Promise.all([vault.listen(), store.listen()]);
    backup = new BackupRun();
  });

  afterEach(async () => {
    await Promise.all([vault.close(), store.close()]);
    backup.remove();
  });

  const run = (changes: Readonly<Record<string, string>> = {}) =>
    backup.run(vault.address, {
      S3_ENDPOINT: store.address,
      S3_BUCKET: "backups",
      S3_REGION: keys.region,
      S3_PREFIX: "vault/",
      S3_ACCESS_KEY_FILE: backup.file("access-key", `${keys.accessKey}\n`),
      S3_SECRET_KEY_FILE: backup.file("secret-key", `${keys.secretKey}\n`),
      ...changes,
    });

  /** It has failed with this reason, and the snapshot is on the volume all the same. */
  async function fails(reason: RegExp, code: number, changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const { length } = backup.names;
    const ended = await run(changes);
    assert.match(ended.sentence, /^vault-\d{8}T\d{6}Z\.snap is on the volume, and was not copied: /);
    assert.match(ended.sentence, reason);
    assert.equal(ended.code, code);
    assert.ok(!`${ended.out}${ended.err}`.includes(keys.secretKey));
    assert.ok(backup.names.length >= Math.max(1, length));
    assert.deepEqual(store.objects.size, 0);
  }

  it("copies the snapshot, signed so that the store takes it, and nothing that was there before", async () => {
    backup.place("vault-20260101T031700Z.snap", "older");
    const { code, out, err } = await run();
    assert.deepEqual([code, err], [0, ""]);
    const [, name = ""] = backup.names;
    assert.deepEqual([...store.objects.keys()], [`vault/${name}`]);
    assert.deepEqual(store.objects.get(`vault/${name}`), backup.content(name));
    assert.match(out, new RegExp(`^copied to vault/${name} in backups$`, "m"));
    assert.ok(!out.includes(keys.secretKey));
  });

  it("copies a large one, at an address with a path, under a name with characters of all kinds", async () => {
    vault.snapshot = snapshotOf(snapshotFiles(5_000_000));
    const changes = { S3_ENDPOINT: `${store.address}/`, S3_PREFIX: "my backups/a+b/ü!*'()/" };
    assert.equal((await run(changes)).code, 0);
    const [[key = "", object] = []] = store.objects;
    assert.match(key, /^my%20backups\/a%2Bb\/%C3%BC%21%2A%27%28%29\/vault-/);
    assert.deepEqual(object, vault.snapshot);
  });

  it("copies nothing where no store is named", async () => {
    const { code, out } = await backup.run(vault.address);
    assert.equal(code, 0);
    assert.doesNotMatch(out, /copied/);
    assert.deepEqual(store.asked, []);
  });

  it("tells wrong keys, and says how to set them", async () => {
    const advice = /; set idp:backupsAccessKey and idp:backupsSecretKey \(`pulumi config set --secret`\)/;
    await fails(advice, 1, { S3_SECRET_KEY_FILE: backup.file("wrong", "another") });
    await fails(/answers 403 \(InvalidAccessKeyId\); set idp:backupsAccessKey/, 1, {
      S3_ACCESS_KEY_FILE: backup.file("wrong", "another"),
    });
    assert.deepEqual(
      store.asked.map(([, refusal]) => refusal),
      ["SignatureDoesNotMatch", "InvalidAccessKeyId"],
    );
    store.mishaps.push([403, "AccessDenied"]);
    await fails(/answers 403 \(AccessDenied\)/, 1, { WAIT_SECONDS: "30" });
  });

  it("tells a bucket that is not there, another region and a wrong clock", async () => {
    await fails(/answers 404 \(NoSuchBucket\); make the bucket of idp:backups\.s3\.bucket/, 1, { S3_BUCKET: "other" });
    await fails(/answers 400 \(AuthorizationHeaderMalformed\); set .*idp:backups\.s3\.region/, 1, {
      S3_REGION: "us-east-1",
    });
    store.mishaps.push([301, "PermanentRedirect"]);
    await fails(/answers 301 \(PermanentRedirect\); set idp:backups\.s3\.endpoint/, 1);
    store.mishaps.push([403, "RequestTimeTooSkewed"]);
    await fails(/; set the clock of the node$/, 1);
    store.mishaps.push([400, "InvalidRequest"]);
    await fails(/answers 400 \(InvalidRequest\); look into its log$/, 1);
  });

  it("tries again where the store cannot answer now, with the same snapshot", async () => {
    store.mishaps.push([500, "InternalError"], [503, "SlowDown"], "cut");
    const { code } = await run({ WAIT_SECONDS: "3" });
    assert.deepEqual([code, store.objects.size, backup.names.length, vault.count("/login")], [0, 1, 1, 1]);
  });

  it("gives up a store that stays away, or refuses a large copy before it has read it", async () => {
    store.mishaps.push([500, "InternalError"]);
    await fails(/answers 500 \(InternalError\)$/, 75);
    vault.snapshot = snapshotOf(snapshotFiles(20_000_000));
    store.mishaps.push([403, "AccessDenied"]);
    await fails(/answers 403 \(AccessDenied\)/, 1);
    await store.close();
    await fails(/the store does not answer at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/, 75);
  });

  it("does not wait for ever for a store that never answers", async () => {
    store.mishaps.push("silent");
    await fails(/the store does not answer at .*: .*(timeout|aborted)/i, 75, { TRANSFER_SECONDS: "1" });
  });

  it("asks for nothing without its keys", async () => {
    const { code, sentence } = await run({ S3_SECRET_KEY_FILE: backup.file("empty", "\n") });
    assert.deepEqual([code, sentence], [1, "the keys of the store are empty; set them anew"]);
    assert.deepEqual([vault.calls, backup.names], [[], []]);
  });
});
