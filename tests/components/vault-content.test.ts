import assert from "node:assert/strict";
import { VaultContent } from "../../components/vault-content";
import { deploy } from "../support/mock-engine";

describe("component VaultContent", () => {
  it("T20, T22: makes the audit device before the secrets engine, which is protected", async () => {
    const registered = await deploy(() => new VaultContent({ distribution: "vault", mount: "idp" }));
    const audit = registered.find(({ type }) => type === "vault:index/audit:Audit");
    const mount = registered.find(({ name }) => name === "vault-secrets");
    assert.ok(audit && mount);
    assert.deepEqual(audit.inputs["options"], { file_path: "/vault/audit/audit.log" });
    assert.ok(mount.dependencies.includes(audit.urn));
    assert.equal(mount.protect, true);
    assert.deepEqual(mount.inputs["options"], { version: "2" });
    assert.equal(mount.inputs["path"], "idp");
  });

  it("T20, T22, T34: makes the engine of signing keys after the audit device, and protects it", async () => {
    const registered = await deploy(() => new VaultContent({ distribution: "vault", mount: "idp" }));
    const audit = registered.find(({ type }) => type === "vault:index/audit:Audit");
    const engine = registered.find(({ name }) => name === "vault-signing");
    assert.ok(audit && engine);
    const { description, ...inputs } = engine.inputs;
    assert.equal(typeof description, "string");
    assert.deepEqual(inputs, { path: "idp-signing", type: "transit" });
    assert.ok(engine.dependencies.includes(audit.urn));
    assert.equal(engine.protect, true);
  });

  it("T20: lets nobody log in before the audit device is there", async () => {
    const registered = await deploy(() => new VaultContent({ distribution: "vault", mount: "idp" }));
    const audit = registered.find(({ type }) => type === "vault:index/audit:Audit");
    const auth = registered.find(({ type }) => type === "vault:index/authBackend:AuthBackend");
    const config = registered.find(({ type }) => type === "vault:kubernetes/authBackendConfig:AuthBackendConfig");
    assert.ok(audit && auth && config);
    assert.deepEqual(auth.inputs, { type: "kubernetes", path: "kubernetes" });
    assert.deepEqual(config.inputs, { backend: "kubernetes", kubernetesHost: "https://kubernetes.default.svc" });
    assert.ok(auth.dependencies.includes(audit.urn));
    assert.ok(config.dependencies.includes(audit.urn));
    assert.ok(config.dependencies.includes(auth.urn));
  });

  it("T20: leaves the audit device to the configuration of OpenBao, which takes none by the API", async () => {
    const registered = await deploy(() => new VaultContent({ distribution: "openbao", mount: "idp" }));
    assert.deepEqual(
      registered.map(({ type }) => type),
      [
        "idp:vault:VaultContent",
        "vault:index/authBackend:AuthBackend",
        "vault:index/mount:Mount",
        "vault:index/mount:Mount",
        "vault:kubernetes/authBackendConfig:AuthBackendConfig",
      ],
    );
  });
});
