import assert from "node:assert/strict";
import fc from "fast-check";
import * as names from "../../model/names";
import { signingRoleName } from "../../model/signing-names";
import { vaultRoles } from "../../model/vault-names";
import { vaultPlugin, vaultPluginRoleName, vaultPluginSecretName } from "../../model/vault-plugin";

const slug = fc
  .array(fc.constantFrom("a", "b2", "vault", "plugin", "build", "environment", "1"), { minLength: 1, maxLength: 5 })
  .map((words) => words.join("-").slice(0, names.maxNameLength).replace(/-$/, ""))
  .filter((text) => names.namePattern.test(text));
const rotation = fc.constantFrom(0, 1, 11, 999_999_999);

describe("names of argocd-vault-plugin", () => {
  it("T07: its role is one project's, and no other role of Vault", () => {
    fc.assert(
      fc.property(slug, slug, (a, b) => {
        const role = vaultPluginRoleName(a);
        assert.equal(role === vaultPluginRoleName(b), a === b);
        const others = [names.vaultRoleName(b), names.buildVaultRoleName(b), signingRoleName(b)];
        for (const other of [...others, ...Object.values(vaultRoles)]) assert.notEqual(role, other);
        // What Vault takes as a name. Source: vault sdk/framework/path.go, `GenericNameRegex`
        assert.match(role, /^\w(([\w.-]+)?\w)?$/);
      }),
    );
    assert.equal(vaultPluginRoleName("shop"), "project-shop.vault-plugin");
  });

  it("T07: its Secret is one application's and one rotation's, and no other Secret of the namespace", () => {
    fc.assert(
      fc.property(slug, slug, rotation, rotation, (a, b, first, second) => {
        const name = vaultPluginSecretName(a, first);
        assert.equal(name === vaultPluginSecretName(b, second), a === b && first === second);
        const others = [names.applicationSecretName(b, second), names.databaseSecretName(b), names.registrySecretName];
        for (const other of others) assert.notEqual(name, other);
      }),
    );
    assert.ok(vaultPluginSecretName("a".repeat(names.maxNameLength), 999_999_999).length <= 63);
  });

  it("T10: what is fetched is of one version, over https, and named by its SHA-256", () => {
    const binaries = Object.entries(vaultPlugin.binaries);
    assert.deepEqual(binaries.map(([kind]) => kind).sort(), ["arm64", "x64"]);
    assert.equal(new Set(binaries.map(([, { sha256 }]) => sha256)).size, 2);
    for (const [kind, { address, sha256 }] of binaries) {
      assert.match(sha256, /^[0-9a-f]{64}$/);
      const machine = kind === "x64" ? "amd64" : kind;
      const { version } = vaultPlugin;
      const end = `/v${version}/argocd-vault-plugin_${version}_linux_${machine}`;
      assert.equal(address, `https://github.com/argoproj-labs/argocd-vault-plugin/releases/download${end}`);
    }
  });
});
