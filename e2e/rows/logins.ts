import assert from "node:assert/strict";
import { applicationVaultPath, secretReaderName, vaultRoleName } from "../../model/names";
import { vaultRoles } from "../../model/vault-names";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { tokenIn, VaultClient } from "../support/vault-client";

/** Who gets into Vault as a project. */
export function loginRows(current: () => ProjectsRun): void {
  describe("role projects, logins in Vault", () => {
    it("T18, T19: a project's account is let in, and reads its own secrets and no other project's", async () => {
      const { server } = current();
      for (const [own, other] of [
        ["shop", "shop-eu"],
        ["shop-eu", "shop"],
      ] as const) {
        const answer = await server.login(vaultRoleName(own), { namespace: own, name: secretReaderName });
        const reader = new VaultClient(server.address, tokenIn(answer));
        const read = async (project: string) =>
          (await reader.ask({ path: `${vaultMount}/data/${applicationVaultPath(project, "api")}` })).status;
        assert.deepEqual([await read(own), await read(other)], [200, 403], own);
        const { data } = await reader.ask({ path: "auth/token/lookup-self" });
        assert.deepEqual([data["policies"], data["creation_ttl"]], [["default", vaultRoleName(own)], 600]);
      }
    });

    it("T19: nobody is let in with another audience, as another account or from another namespace", async () => {
      const { server } = current();
      const reader = { namespace: "shop", name: secretReaderName };
      for (const audience of ["https://kubernetes.default.svc", "argo", "vault-2"])
        assert.equal((await server.login(vaultRoleName("shop"), reader, audience)).status, 403, audience);
      for (const account of [
        { namespace: "shop", name: "default" },
        { namespace: "shop-eu", name: secretReaderName },
        { namespace: "shop-build", name: secretReaderName },
      ])
        assert.equal((await server.login(vaultRoleName("shop"), account)).status, 403, JSON.stringify(account));
      for (const role of [vaultRoles.operator, vaultRoles.backup, vaultRoleName("shop-eu")])
        assert.equal((await server.login(role, reader)).status, 403, role);
    });
  });
}
