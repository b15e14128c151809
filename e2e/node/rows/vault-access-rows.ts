import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { applicationVaultPath, namespaceName, secretReaderName, vaultRoleName } from "../../../model/names";
import { platformNamespaces, vaultAuditFile } from "../../../model/platform-names";
import { platformVaultFolder, vaultAccounts, vaultObjects, vaultRoles } from "../../../model/vault-names";
import { platformPasswords } from "../../support/installed-platform";
import { exists, kubectl } from "../../support/kubectl";
import { tokenIn, VaultClient } from "../../support/vault-client";
import { NodeStack } from "../support/node-stack";
import { runInPod } from "../support/run-in-pod";
import { printedByPods } from "../support/vault-pod";
import { otherProject, projectName, vaultMount, vaultProjectComponent } from "../support/vault-project";
import type { VaultRun } from "../support/vault-run";

const namespace = platformNamespaces.vault;
const reader = { namespace: namespaceName(projectName), name: secretReaderName };

/** What the vault stack makes: the end of the bootstrap token, and other ways in. */
export function accessRows(current: () => VaultRun): void {
  describe("after the first up of the vault stack", () => {
    it("T21: the bootstrap token is revoked, and its Secret gone, by the up itself", async () => {
      const { lab, anybody, secrets } = current();
      const own = { path: "auth/token/lookup-self", token: secrets.token };
      assert.equal((await anybody.ask(own)).status, 200);
      const end = lab.upVaultStack();
      assert.equal(end.code, 0, end.text);
      current().assertKept(end.text);
      assert.equal((await anybody.ask(own)).status, 403);
      assert.equal(exists("secret", vaultObjects.bootstrapToken, namespace), false);
      const log = kubectl("logs", "-n", namespace, `job/${vaultAccounts.bootstrapEnd}`);
      assert.match(log, /takes its bootstrap token no more/);
    });

    it("T21, T40: the next up logs in as vault-operator, and changes nothing", () => {
      const end = current().lab.upVaultStack("--expect-no-changes");
      assert.equal(end.code, 0, end.text);
      assert.doesNotMatch(end.text, /bootstrap token/);
    });

    it("npm run doctor finds that all is well", () => {
      const { code, text } = current().lab.run("npm run doctor");
      assert.equal(code, 0, text);
    });

    it("the passwords of the platform are there for people", async () => {
      const operator = await current().operator();
      const { data } = await operator.readSecret(vaultMount, `${platformVaultFolder}/harbor`);
      assert.deepEqual(data, { username: "admin", password: platformPasswords.harborAdminPassword });
    });

    it("T20: who was let in and what was asked is in the audit log, and no secret of it", () => {
      const { output } = runInPod({ namespace, pod: "vault-0", command: ["cat", vaultAuditFile] });
      assert.match(output, new RegExp(`"role":"${vaultRoles.operator}"`));
      assert.match(output, new RegExp(`"path":"${vaultMount}/data/${platformVaultFolder}/harbor"`));
      current().assertKept(output);
      for (const password of Object.values(platformPasswords)) assert.ok(!output.includes(password));
    });

    it("nobody gets in as operator or for backups with another account, or a token for somebody else", async () => {
      for (const role of Object.values(vaultRoles)) {
        const strangers = [vaultAccounts.unsealer, "vault", "default"].map((name) => ({ namespace, name }));
        for (const account of strangers)
          assert.equal((await current().login(role, account)).status, 403, `${role} as ${account.name}`);
      }
      const operator = { namespace, name: vaultAccounts.operator };
      for (const audience of ["https://kubernetes.default.svc.cluster.local", "vault-2"])
        assert.equal((await current().login(vaultRoles.operator, operator, audience)).status, 403, audience);
    });

    projectRows(current);

    it("T16: neither the key nor the bootstrap token is in what the pods have printed since", () => {
      current().assertKept(printedByPods());
    });
  });
}

/** Here the API server, Vault and the network between them are real; the other rows of projects have Vault outside. */
function projectRows(current: () => VaultRun): void {
  it("T18, T19: a project's account reads its own secrets, no other's, and nobody else does", async () => {
    const operator = await current().operator();
    const { address, token } = operator;
    const project = new NodeStack(projectName, vaultProjectComponent, {}, { address, token });
    try {
      await (await project.open()).up();
    } finally {
      project.remove();
    }
    const value = randomUUID();
    for (const name of [projectName, otherProject])
      await operator.writeSecret(vaultMount, applicationVaultPath(name, "api"), { value });
    const client = new VaultClient(address, tokenIn(await current().login(vaultRoleName(projectName), reader)));
    const { data } = await client.readSecret(vaultMount, applicationVaultPath(projectName, "api"));
    assert.deepEqual(data, { value });
    const other = await client.ask({ path: `${vaultMount}/data/${applicationVaultPath(otherProject, "api")}` });
    assert.equal(other.status, 403);
    const role = vaultRoleName(projectName);
    assert.equal((await current().login(role, { ...reader, name: "default" })).status, 403);
    assert.equal((await current().login(role, { namespace, name: "default" })).status, 403);
    assert.equal((await current().login(role, reader, "https://kubernetes.default.svc.cluster.local")).status, 403);
  });
}
