import assert from "node:assert/strict";
import { vaultAuditFile, vaultAuthPath } from "../../model/platform-names";
import { signingMount } from "../../model/signing-names";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { askVault } from "../support/vault-client";

/** What is inside Vault before any project is. */
export function vaultRows(current: () => ProjectsRun): void {
  describe("role vault", () => {
    it("T20, T22: up makes the audit log, the kv-v2 engine, that of signing keys and the login of the cluster's pods", async () => {
      const stack = await current().vaultStack();
      assert.equal((await stack.up()).summary.result, "succeeded");
      const [audit, mounts, auth] = await Promise.all(
        ["sys/audit", "sys/mounts", "sys/auth"].map(async (path) => (await askVault({ path })).data),
      );
      assert.match(JSON.stringify(audit), new RegExp(`"file_path":"${vaultAuditFile}"`));
      assert.match(JSON.stringify(mounts?.[`${vaultMount}/`]), /"options":\{"version":"2"\},.*"type":"kv"/);
      assert.match(JSON.stringify(mounts?.[`${signingMount(vaultMount)}/`]), /"type":"transit"/);
      assert.match(JSON.stringify(auth?.[`${vaultAuthPath}/`]), /"type":"kubernetes"/);
    });

    it("T40: the second up changes nothing, nor does a preview after a refresh", async () => {
      const stack = await current().vaultStack();
      await stack.up({ expectNoChanges: true });
      await stack.refresh();
      await stack.preview({ expectNoChanges: true });
    });
  });
}
