import assert from "node:assert/strict";
import { VaultContent } from "../../components/vault-content";
import { deploy } from "../support/mock-engine";

describe("component VaultContent", () => {
  it("T20, T22: makes the audit device before the secrets engine, which is protected", async () => {
    const registered = await deploy(() => new VaultContent({ distribution: "vault", mount: "idp" }));
    const audit = registered.find(({ type }) => type === "vault:index/audit:Audit");
    const mount = registered.find(({ type }) => type === "vault:index/mount:Mount");
    assert.ok(audit && mount);
    assert.deepEqual(audit.inputs["options"], { file_path: "/vault/audit/audit.log" });
    assert.ok(mount.dependencies.includes(audit.urn));
    assert.equal(mount.protect, true);
    assert.deepEqual(mount.inputs["options"], { version: "2" });
    assert.equal(mount.inputs["path"], "idp");
  });

  it("T20: leaves the audit device to the configuration of OpenBao, which takes none by the API", async () => {
    const registered = await deploy(() => new VaultContent({ distribution: "openbao", mount: "idp" }));
    assert.deepEqual(
      registered.map(({ type }) => type),
      ["idp:vault:VaultContent", "vault:index/mount:Mount"],
    );
  });
});
