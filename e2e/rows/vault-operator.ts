import assert from "node:assert/strict";
import { platformNamespaces, vaultAuthPath } from "../../model/platform-names";
import { signingMount } from "../../model/signing-names";
import { platformVaultFolder, vaultAccounts, vaultRoles } from "../../model/vault-names";
import { fullStackName } from "../support/local-engine";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { previewed } from "../support/touched";
import { tokenIn, VaultClient, type VaultRequest } from "../support/vault-client";
import { withVault } from "../support/with-vault";

const namespace = platformNamespaces.vault;
const operator = { namespace, name: vaultAccounts.operator };
const expected = ["pulumi", "up", "--yes", "--skip-preview", "--expect-no-changes", "--stack"] as const;

/** What the operator can do, and what he cannot: the stacks of the rows after these are all made by him. */
export function vaultOperatorRows(current: () => ProjectsRun): void {
  describe("role vault, as the operator", () => {
    it("T40: the second `with-vault pulumi up` changes nothing, and its token has ended with it", async () => {
      const { names, workplace } = current();
      const { code, text } = await withVault(workplace, ...expected, fullStackName(names.vault));
      assert.equal(code, 0, text);
      assert.doesNotMatch(text, /bootstrap token|could not be revoked/);
      await current().takeRights();
      const { data } = await current().vault.ask({ method: "LIST", path: "auth/token/accessors" });
      const policies = await Promise.all(
        (Array.isArray(data["keys"]) ? data["keys"] : []).map(async (accessor: unknown) => {
          const body = { accessor };
          const { data: token } = await current().vault.ask({
            method: "POST",
            path: "auth/token/lookup-accessor",
            body,
          });
          return String(token["policies"]);
        }),
      );
      assert.deepEqual(policies.sort(), ["default,idp-operator", "root"]);
    });

    it("T40: a preview after a refresh changes nothing, nor does up", async () => {
      const stack = await current().vaultStack();
      await stack.refresh();
      assert.deepEqual(await previewed(stack), []);
      await stack.up({ expectNoChanges: true });
    });

    it("T19: only his account is let in, with the audience of Vault, for an hour at most", async () => {
      const { server } = current();
      const answer = await server.login(vaultRoles.operator, operator);
      const { data } = await new VaultClient(server.address, tokenIn(answer)).ask({ path: "auth/token/lookup-self" });
      assert.deepEqual([data["policies"], data["creation_ttl"]], [["default", vaultRoles.operator], 3600]);
      assert.equal((await server.login(vaultRoles.operator, operator, "https://kubernetes.default.svc")).status, 403);
      for (const name of [vaultAccounts.backup, vaultAccounts.init, "default"])
        assert.equal((await server.login(vaultRoles.operator, { namespace, name })).status, 403, name);
      const elsewhere = { namespace: "default", name: "default" };
      assert.equal((await server.login(vaultRoles.operator, elsewhere)).status, 403);
    });

    it("the account of backups may take a snapshot, and nothing else", async () => {
      const { server } = current();
      const answer = await server.login(vaultRoles.backup, { namespace, name: vaultAccounts.backup });
      const headers = { "x-vault-token": tokenIn(answer) };
      const snapshot = await fetch(`${server.address}/v1/sys/storage/raft/snapshot`, { headers });
      assert.equal(snapshot.status, 200);
      assert.ok((await snapshot.arrayBuffer()).byteLength > 1000);
      const backup = new VaultClient(server.address, tokenIn(answer));
      const paths = ["sys/mounts", "sys/audit", `${vaultMount}/data/${platformVaultFolder}/harbor`];
      for (const path of paths) assert.equal((await backup.ask({ path })).status, 403, path);
    });

    it("what no stack needs, he cannot do", async () => {
      const { vault, server, operatorToken } = current();
      await vault.ask({ method: "POST", path: "sys/mounts/other", body: { type: "kv", options: { version: "1" } } });
      await vault.ask({ method: "POST", path: "other/of-a-person", body: { pin: "1234" } });
      const asOperator = new VaultClient(server.address, operatorToken);
      const allowed: string[] = [];
      for (const request of refused) {
        const { status } = await asOperator.ask(request);
        if (status !== 403) allowed.push(`${request.method ?? "GET"} ${request.path}: ${status}`);
      }
      assert.equal((await vault.ask({ path: "other/of-a-person" })).status, 200);
      await vault.ask({ method: "DELETE", path: "sys/mounts/other" });
      assert.deepEqual(allowed, []);
      const mounts = (await vault.ask({ path: "sys/mounts" })).data;
      assert.ok(mounts[`${vaultMount}/`] && mounts[`${signingMount(vaultMount)}/`]);
    });
  });
}

const anything = 'path "*" { capabilities = ["sudo"] }';

/** Data of others, ways to stop the audit log, ways to more rights, and the end of what the stacks have made. */
const refused: readonly VaultRequest[] = [
  { path: "other/of-a-person" },
  { method: "LIST", path: "other/" },
  { path: "cubbyhole-of-another/x" },
  { path: "sys/raw/core/keyring" },
  { method: "LIST", path: "sys/raw/logical" },
  { method: "DELETE", path: "sys/audit/file" },
  { method: "POST", path: "sys/audit/second", body: { type: "file", options: { file_path: "/tmp/second" } } },
  { method: "DELETE", path: `sys/mounts/${vaultMount}` },
  { method: "DELETE", path: `sys/mounts/${signingMount(vaultMount)}` },
  { method: "POST", path: "sys/mounts/own", body: { type: "kv" } },
  { method: "POST", path: "sys/remount", body: { from: vaultMount, to: "elsewhere" } },
  { method: "DELETE", path: `sys/auth/${vaultAuthPath}` },
  { method: "POST", path: "sys/auth/userpass", body: { type: "userpass" } },
  { method: "POST", path: "sys/policies/acl/own", body: { policy: anything } },
  { method: "DELETE", path: `sys/policies/acl/${vaultRoles.operator}` },
  { method: "DELETE", path: `auth/${vaultAuthPath}/role/${vaultRoles.operator}` },
  { method: "POST", path: `auth/${vaultAuthPath}/role/own`, body: { token_policies: ["root"] } },
  { method: "LIST", path: "auth/token/accessors" },
  { method: "POST", path: "auth/token/create-orphan", body: {} },
  { method: "POST", path: "sys/seal", body: {} },
  { method: "POST", path: "sys/step-down", body: {} },
  { method: "POST", path: "sys/rotate", body: {} },
  { method: "POST", path: "identity/entity", body: { name: "own" } },
  { method: "DELETE", path: `${signingMount(vaultMount)}/keys/shop` },
  { path: `${signingMount(vaultMount)}/export/signing-key/shop` },
  { method: "POST", path: `${signingMount(vaultMount)}/sign/shop`, body: { input: "" } },
  { method: "LIST", path: `${vaultMount}/metadata/` },
];
