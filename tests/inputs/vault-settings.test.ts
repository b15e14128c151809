import assert from "node:assert/strict";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import { InputError, problemLine } from "../../model/input-error";

const base = "config:\n  idp:role: platform\n  idp:domain: lab.example\n";
const encrypted = (...keys: readonly string[]) => keys.map((key) => `  idp:${key}: {secure: v1:abc}\n`).join("");

/** What is said of lines of a stack file, each without its place and in alphabetical order; empty when there is nothing to say. */
function report(lines: string): readonly string[] {
  try {
    checkSettings(parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(`${base}${lines}`) }));
    return [];
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problems.map(({ path = "", problem, remedy }) => problemLine({ file: path, problem, remedy })).sort();
  }
}

const unseal = (text: string) => `  idp:vault: {unseal: {${text}}}\n`;
const set = (key: string) => `set it with \`pulumi config set --path ${key} VALUE --stack homelab\``;
const setSecret = (key: string) => `set it with \`pulumi config set --secret ${key} --stack homelab\``;

describe("keys of Vault", () => {
  for (const text of [
    "shares: 1, threshold: 1",
    "shares: 2, threshold: 2",
    "shares: 5, threshold: 3",
    "mode: manual",
  ]) {
    it(`are accepted: ${text}`, () => {
      assert.deepEqual(report(unseal(text)), []);
    });
  }

  it("are needed at most as many as there are", () => {
    assert.deepEqual(report(unseal("shares: 3, threshold: 4")), [
      "idp:vault.unseal.threshold: is 4, and there are 3 keys; use at most as many as `idp:vault.unseal.shares`, or raise that",
    ]);
    assert.equal(report(unseal("threshold: 2")).length, 1);
  });

  it("are needed two at least where there are several, which is Vault's rule", () => {
    const expected =
      "idp:vault.unseal.threshold: is 1, and Vault asks for at least 2 of several keys; " +
      "use 2 or more, or set `idp:vault.unseal.shares` to 1";
    assert.deepEqual(report(unseal("shares: 3")), [expected]);
    assert.deepEqual(report(unseal("shares: 2, threshold: 1")), [expected]);
  });

  it("are told at their place", () => {
    const text = `${base}  idp:vault:\n    unseal: {shares: 3, threshold: 4}\n`;
    assert.throws(
      () => checkSettings(parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(text) })),
      /Pulumi\.homelab\.yaml:5:36: idp:vault\.unseal\.threshold: is 4/,
    );
  });
});

describe("another Vault that opens Vault", () => {
  const whole = "mode: transit, transit: {address: 'https://vault.other.example', key: homelab}";

  it("is accepted with its address, the key and the token, by http too", () => {
    assert.deepEqual(report(unseal(whole) + encrypted("vaultTransitToken")), []);
    assert.deepEqual(report(unseal(whole.replace("https", "http")) + encrypted("vaultTransitToken")), []);
  });

  it("is missing what it needs, all of it told at once", () => {
    const why = "is missing for the mode `transit`";
    assert.deepEqual(report(unseal("mode: transit")), [
      `idp:vault.unseal.transit.address: ${why}; ${set("idp:vault.unseal.transit.address")}`,
      `idp:vault.unseal.transit.key: ${why}; ${set("idp:vault.unseal.transit.key")}`,
      `idp:vaultTransitToken: ${why}; ${setSecret("idp:vaultTransitToken")}`,
    ]);
    assert.deepEqual(report(unseal(whole)), [`idp:vaultTransitToken: ${why}; ${setSecret("idp:vaultTransitToken")}`]);
  });

  for (const mode of ["kubernetes-secret", "manual"]) {
    it(`is not set beside the mode ${mode}`, () => {
      const text = `mode: ${mode}, transit: {address: 'https://vault.other.example', mount: other, key: homelab}`;
      const lines = report(unseal(text) + encrypted("vaultTransitToken"));
      assert.deepEqual(lines, [
        ...["address", "key", "mount"].map(
          (key) =>
            `idp:vault.unseal.transit.${key}: is set, but nothing uses it; ` +
            "set `idp:vault.unseal.mode` to transit (docs/vault.md), or remove it",
        ),
        "idp:vaultTransitToken: is set, but nothing uses it; set `idp:vault.unseal.mode` to transit (docs/vault.md), " +
          "or remove it with `pulumi config rm idp:vaultTransitToken --stack homelab`",
      ]);
    });
  }

  it("has an address that means nothing to Helm, nor in the server's configuration", () => {
    for (const path of ["{{ .Values }}", "${x}", '"', "a b", "\\\\n"]) {
      const address = JSON.stringify(`https://vault.other.example/${path}`);
      const lines = report(
        unseal(`mode: transit, transit: {address: ${address}, key: a}`) + encrypted("vaultTransitToken"),
      );
      assert.match(lines.join("\n"), /^idp:vault\.unseal\.transit\.address: /, path);
    }
    const password = unseal("mode: transit, transit: {address: 'https://me:canary@vault.example', key: a}");
    assert.match(report(password).join("\n"), /use an address without user and password/);
    assert.doesNotMatch(report(password).join("\n"), /canary/);
  });
});

describe("when snapshots are made", () => {
  const backup = (schedule: string) => report(`  idp:vault: {backup: {schedule: "${schedule}"}}\n`);

  for (const schedule of ["", "17 3 * * *", "0 0 1 1 0", "59 23 31 12 6", "*/15 0-6,12 1-31/2 * 1-5", "5/10 * * * *"]) {
    it(`is accepted: ${JSON.stringify(schedule)}`, () => {
      assert.deepEqual(backup(schedule), []);
    });
  }

  for (const [schedule, field] of [
    ["60 3 * * *", "minute: 0-59"],
    ["17 24 * * *", "hour: 0-23"],
    ["17 3 0 * *", "day: 1-31"],
    ["17 3 32 * *", "day: 1-31"],
    ["17 3 * 13 *", "month: 1-12"],
    ["17 3 * * 7", "weekday: 0-6, Sunday is 0"],
    ["30-10 3 * * *", "minute: 0-59"],
    ["*/0 3 * * *", "minute: 0-59"],
    ["1,,2 3 * * *", "minute: 0-59"],
    ["- 3 * * *", "minute: 0-59"],
  ] as const) {
    it(`is refused, with the field that is wrong: ${schedule}`, () => {
      const [line = "", ...rest] = backup(schedule);
      assert.deepEqual(rest, []);
      assert.ok(line.startsWith("idp:vault.backup.schedule: "), line);
      assert.ok(line.includes(`(${field})`), line);
    });
  }
});

describe("a store for backups", () => {
  const s3 = (text: string) => `  idp:backups: {s3: {${text}}}\n`;
  const fields = "endpoint: 'https://s3.lab.example', bucket: backups";
  const why = "is missing, and other settings of the store for backups are there";

  it("is accepted whole, and not at all", () => {
    assert.deepEqual(report(s3(`${fields}, region: eu-1`) + encrypted("backupsAccessKey", "backupsSecretKey")), []);
    assert.deepEqual(report(""), []);
  });

  const rows: readonly (readonly [lines: string, missing: readonly string[]])[] = [
    [s3(fields), ["idp:backupsAccessKey", "idp:backupsSecretKey"]],
    [s3(fields) + encrypted("backupsAccessKey"), ["idp:backupsSecretKey"]],
    [s3("bucket: backups") + encrypted("backupsAccessKey", "backupsSecretKey"), ["idp:backups.s3.endpoint"]],
    [encrypted("backupsSecretKey"), ["idp:backups.s3.endpoint", "idp:backups.s3.bucket", "idp:backupsAccessKey"]],
  ];
  for (const [lines, missing] of rows) {
    it(`is told what it lacks: ${missing.join(", ")}`, () => {
      const remedy = (key: string) => (key.includes(".") ? set(key) : setSecret(key));
      assert.deepEqual(report(lines), missing.map((key) => `${key}: ${why}; ${remedy(key)}`).sort());
    });
  }

  it("has no region where there is none", () => {
    assert.deepEqual(report(s3("region: eu-1")), [
      "idp:backups.s3.region: is set, but nothing uses it; set `idp:backups.s3.endpoint` and the rest, or remove it",
    ]);
  });

  const unusedText = "is set, but nothing uses it; set `idp:vault.backup.schedule`";
  const stray = (key: string) => `${key}: ${unusedText}, or remove it`;
  const straySecret = (key: string) =>
    `${key}: ${unusedText} to when backups are made, or remove it with \`pulumi config rm ${key} --stack homelab\``;

  it("is not set, nor how many stay, where none are made; their volume is there all the same", () => {
    const lines = "  idp:vault: {backup: {schedule: '', keep: 3, storage: 5Gi}}\n" + s3(fields);
    assert.deepEqual(report(lines + encrypted("backupsAccessKey", "backupsSecretKey")), [
      ...["idp:backups.s3.bucket", "idp:backups.s3.endpoint"].map(stray),
      ...["idp:backupsAccessKey", "idp:backupsSecretKey"].map(straySecret),
      stray("idp:vault.backup.keep"),
    ]);
    // Nothing is asked for that would be stray at once.
    assert.deepEqual(report("  idp:vault: {backup: {schedule: ''}}\n" + s3("endpoint: 'https://s3.lab.example'")), [
      stray("idp:backups.s3.endpoint"),
    ]);
    assert.deepEqual(report("  idp:vault: {backup: {schedule: ''}}\n" + encrypted("backupsAccessKey")), [
      straySecret("idp:backupsAccessKey"),
    ]);
    assert.deepEqual(report("  idp:vault: {backup: {schedule: ''}}\n" + s3("region: eu-1")), [
      stray("idp:backups.s3.region"),
    ]);
    assert.deepEqual(report("  idp:vault: {backup: {schedule: ''}}\n"), []);
  });
});
