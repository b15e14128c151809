import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { platformNamespaces, vaultAuditFile, vaultAuthPath } from "../../model/platform-names";
import { signingMount } from "../../model/signing-names";
import { platformVaultFolder, vaultAccounts, vaultObjects } from "../../model/vault-names";
import { platformPasswords } from "../support/installed-platform";
import { exists, getObject, secretData } from "../support/kubectl";
import { placesOf } from "../support/leaks";
import { fullStackName } from "../support/local-engine";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { VaultClient } from "../support/vault-client";
import { withVault } from "../support/with-vault";

const namespace = platformNamespaces.vault;
const words = ["pulumi", "up", "--yes", "--skip-preview", "--stack"] as const;

/** What the vault stack makes with the bootstrap token, and the end of that token. */
export function vaultRows(current: () => ProjectsRun): void {
  describe("role vault", () => {
    let first: VaultClient;

    before(() => {
      const token = secretData(vaultObjects.bootstrapToken, namespace)["token"] ?? "";
      first = new VaultClient(current().server.address, token);
    });

    it("T20, T22: `with-vault pulumi up` makes the audit log, the engines, the login and the roles with the bootstrap token", async () => {
      const { names, workplace } = current();
      await current().vaultStack();
      const { code, text } = await withVault(workplace, ...words, fullStackName(names.vault));
      assert.equal(code, 0, text);
      assert.match(text, /uses the bootstrap token of Vault/);
      const [audit, mounts, auth] = await Promise.all(
        ["sys/audit", "sys/mounts", "sys/auth"].map(async (path) => (await first.ask({ path })).data),
      );
      assert.match(JSON.stringify(audit), new RegExp(`"file_path":"${vaultAuditFile}"`));
      assert.match(JSON.stringify(mounts?.[`${vaultMount}/`]), /"options":\{"version":"2"\},.*"type":"kv"/);
      assert.match(JSON.stringify(mounts?.[`${signingMount(vaultMount)}/`]), /"type":"transit"/);
      assert.match(JSON.stringify(auth?.[`${vaultAuthPath}/`]), /"type":"kubernetes"/);
      const roles = await first.ask({ method: "LIST", path: `auth/${vaultAuthPath}/role` });
      assert.deepEqual(roles.data["keys"], ["idp-backup", "idp-operator"]);
    });

    it("T20: whatever was done after the audit device is in its file, and no secret in clear", () => {
      const log = readFileSync(vaultAuditFile, "utf8");
      assert.match(log, new RegExp(`"path":"sys/mounts/${vaultMount}"`));
      assert.match(log, new RegExp(`"path":"${vaultMount}/data/${platformVaultFolder}/harbor"`));
      for (const secret of [first.token, ...Object.values(platformPasswords)]) assert.ok(!log.includes(secret));
    });

    it("the platform's passwords are in Vault", async () => {
      const found = ["harbor", "argo-cd"].map((name) => first.readSecret(vaultMount, `${platformVaultFolder}/${name}`));
      const [harbor, argoCd] = await Promise.all(found);
      const { argoCdAdminPassword, argoCdWebhookSecret, harborAdminPassword } = platformPasswords;
      assert.deepEqual(harbor?.data, { username: "admin", password: harborAdminPassword });
      const webhook = { "webhook-secret": argoCdWebhookSecret };
      assert.deepEqual(argoCd?.data, { username: "admin", password: argoCdAdminPassword, ...webhook });
    });

    it("T16, T21: neither a token nor a key nor a password is in clear in state, configuration or outputs", async () => {
      const { names, workplace } = current();
      const state = workplace.exportStack(names.vault);
      const files = readdirSync(workplace.directory).filter((name) => /^Pulumi\..*\.yaml$/.test(name));
      const texts = files.map((name) => readFileSync(join(workplace.directory, name), "utf8"));
      const outputs = await (await current().vaultStack()).outputs();
      const keys = Object.values(secretData(vaultObjects.unsealKeys, namespace));
      assert.ok(files.length >= 2 && keys.length === 1);
      for (const secret of [first.token, ...keys, ...Object.values(platformPasswords)])
        assert.deepEqual(
          [state, texts, outputs].flatMap((data) => placesOf(secret, data)),
          [],
        );
      const clear = JSON.stringify(await (await current().vaultStack()).exportStack());
      assert.doesNotMatch(clear, /hvs\.|"token":|"tokenName":/);
      assert.doesNotMatch(texts.join("\n"), /hvs\.|vault:/);
    });

    it("T21: the Job of the stack ends the bootstrap token: Vault takes it no more, and its Secret is gone", async () => {
      const { programs, server } = current();
      assert.equal((await first.ask({ path: "auth/token/lookup-self" })).status, 200);
      // The pod is one that only pretends to have run.
      const job = getObject("job", vaultAccounts.bootstrapEnd, namespace);
      const BOOTSTRAP_TOKEN_FILE = programs.file("bootstrap-token", first.token);
      const end = programs.run(job, { VAULT_ADDR: server.address, BOOTSTRAP_TOKEN_FILE });
      assert.equal(await end.code(), 0, end.output);
      assert.equal((await first.ask({ path: "auth/token/lookup-self" })).status, 403);
      assert.ok(!exists("secret", vaultObjects.bootstrapToken, namespace));
    });
  });
}
