import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { vaultAccounts } from "../../../model/vault-names";
import type { Ended } from "../git/run-script";
import type { SealableVault } from "../vault-life/sealable-vault";
import type { ServerProgram } from "../vault-life/server-program";
import { until } from "../vault-life/unsealer-run";
import { BackupRun } from "./backup-run";
import { CommandLine } from "./command-line";
import { FilledVault } from "./filled-vault";
import { documentedCommand } from "./restore-commands";
import { TokenReviews } from "./token-reviews";

const secret = "projects/shop/applications/api";

/** Servers of one kind. */
export interface RestorePlace {
  readonly program: ServerProgram;
  readonly opensItself: boolean;
  /** `around` is a folder for what is the same for all of them: the key that comes out of the state, and the path of the audit log. */
  readonly make: (around: string) => SealableVault;
}

/** Makes snapshots of real servers by the program, and brings them back by the commands of the document. */
export function restoreRows({ program, opensItself, make }: RestorePlace): void {
  let reviews: TokenReviews;
  let line: CommandLine;
  let vaults: FilledVault[];
  let backup: BackupRun;

  beforeEach(async () => {
    reviews = new TokenReviews();
    await reviews.listen();
    line = new CommandLine(program);
    vaults = [];
    backup = new BackupRun();
  });

  afterEach(async () => {
    for (const { server } of vaults) {
      await server.stop();
      server.remove();
    }
    await reviews.close();
    backup.remove();
    line.remove();
  });

  async function started(): Promise<FilledVault> {
    const vault = new FilledVault(make(line.home), reviews, program.distribution);
    vaults.push(vault);
    await vault.start();
    return vault;
  }

  async function snapshot({ server }: FilledVault): Promise<Ended> {
    const TOKEN_FILE = backup.file("account-token", reviews.issue(vaultAccounts.backup));
    const ended = await backup.run(server.address, { TOKEN_FILE });
    const [name] = backup.names;
    if (name !== undefined) copyFileSync(join(backup.folder, name), join(line.home, "vault.snap"));
    return ended;
  }

  function restore({ server }: FilledVault, heading: string, token: string): Promise<Ended> {
    return line.run(documentedCommand(heading), server.address, token);
  }

  it("T39: the same Vault has again what it had before a bad change", async () => {
    const vault = await started();
    await vault.configure();
    await vault.write(secret, { PASSWORD: "the-right-one" });
    const ended = await snapshot(vault);
    assert.deepEqual([ended.code, ended.err], [0, ""]);
    await vault.write(secret, { PASSWORD: "a-wrong-one" });
    await vault.write("projects/shop/registry", { password: "later" });
    succeeded(await restore(vault, "The same Vault, after a bad change", await vault.operatorToken()));
    await vault.holds(secret, { PASSWORD: "the-right-one" });
    assert.equal(await vault.read("projects/shop/registry"), undefined);
    assert.deepEqual(await vault.read(secret, await vault.operatorToken()), { PASSWORD: "the-right-one" });
  });

  it("T39: a new Vault with keys of its own has what the old one had, and the old keys count", async () => {
    const old = await started();
    await old.configure();
    await old.write(secret, { PASSWORD: "kept" });
    assert.equal((await snapshot(old)).code, 0);
    await old.server.stop();
    const fresh = await started();
    assert.notEqual(fresh.key, old.key);
    // Two with the same static key are one to the command.
    if (!opensItself) {
      const refused = await restore(fresh, "The same Vault, after a bad change", fresh.rootToken);
      assert.match(refused.err, /could not verify hash file/);
      assert.equal((await fresh.ask("GET", "sys/health")).status, 200);
    }
    succeeded(await restore(fresh, "A new Vault, or a new cluster", fresh.rootToken));
    if (opensItself) {
      await until(
        async () => (await fresh.ask("GET", "auth/token/lookup-self")).status === 403,
        () => "it has not taken in the snapshot",
      );
      await fresh.server.stop();
      await fresh.server.start();
      await fresh.reaches(200);
    } else {
      await fresh.reaches(503);
      assert.equal((await fresh.open(fresh.key)).status, 400);
      assert.equal((await fresh.open(old.key)).status, 200);
    }
    assert.equal((await fresh.ask("GET", "auth/token/lookup-self")).status, 403);
    const token = await fresh.operatorToken();
    assert.deepEqual(await fresh.read(secret, token), { PASSWORD: "kept" });
    assert.equal((await snapshot(fresh)).code, 0);
  });

  it("leaves no token behind, and may read nothing but the snapshot", async () => {
    const vault = await started();
    await vault.configure();
    await vault.write(secret, { PASSWORD: "kept" });
    const tokens = async () => JSON.stringify((await vault.ask("LIST", "auth/token/accessors")).body).length;
    const before = await tokens();
    assert.equal((await snapshot(vault)).code, 0);
    assert.equal(await tokens(), before);
    const jwt = reviews.issue(vaultAccounts.backup);
    const login = await vault.ask("POST", "auth/kubernetes/login", { role: "idp-operator", jwt }, "");
    assert.equal(login.status, 403);
  });

  it("says what is missing in a Vault that is sealed, or new, or does not know the account", async () => {
    const vault = await started();
    assert.match((await snapshot(vault)).sentence, /as idp-backup; `pulumi up` of the vault stack makes that role/);
    await vault.configure();
    const stranger = backup.file("stranger", reviews.issue("other"));
    const refused = await backup.run(vault.server.address, { TOKEN_FILE: stranger });
    assert.match(refused.sentence, /^Vault does not let this account in as idp-backup/);
    assert.equal((await vault.ask("POST", "sys/seal")).status, 204);
    assert.match((await snapshot(vault)).sentence, /^Vault is sealed: /);
    assert.deepEqual(backup.names, []);
  });
}

/** OpenBao 2.6 says of a restore that went well that it has closed the file twice, as the document tells. */
function succeeded({ code, err }: Ended): void {
  assert.equal(code, 0, err);
  assert.match(err, /^(Error properly closing policy file: .* file already closed\n)?$/);
}
