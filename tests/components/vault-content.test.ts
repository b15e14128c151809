import assert from "node:assert/strict";
import { VaultContent } from "../../components/vault-content";
import type { VaultContentArgs } from "../../plan/vault/vault-content";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { reaches } from "../support/reaches";

const secrets = {
  argoCdAdminPassword: mockedPassword("argo"),
  argoCdWebhookSecret: mockedPassword("webhook"),
  harborAdminPassword: mockedPassword("harbor"),
};

const usual: VaultContentArgs = { distribution: "vault", mount: "idp", backup: true, imageRegistry: "" };

describe("component VaultContent", () => {
  let registered: readonly Registration[];

  const made = (changes: Partial<VaultContentArgs> = {}) =>
    deploy(() => new VaultContent({ ...usual, ...changes, secrets }));

  before(async () => {
    registered = await made();
  });

  it("T20, T22: makes the audit device before the secrets engine, which is protected", () => {
    const mount = named(registered, "vault-secrets");
    assert.deepEqual(audit(registered).inputs["options"], { file_path: "/vault/audit/audit.log" });
    assert.ok(mount.dependencies.includes(audit(registered).urn));
    assert.equal(mount.protect, true);
    assert.deepEqual(mount.inputs["options"], { version: "2" });
    assert.equal(mount.inputs["path"], "idp");
  });

  it("T20, T22, T34: makes the engine of signing keys after the audit device, and protects it", () => {
    const engine = named(registered, "vault-signing");
    const { description, ...inputs } = engine.inputs;
    assert.equal(typeof description, "string");
    assert.deepEqual(inputs, { path: "idp-signing", type: "transit" });
    assert.ok(engine.dependencies.includes(audit(registered).urn));
    assert.equal(engine.protect, true);
  });

  it("T20: lets nobody log in before the audit device is there", () => {
    const auth = named(registered, "vault-kubernetes-auth");
    const config = named(registered, "vault-kubernetes-config");
    assert.deepEqual(auth.inputs, { type: "kubernetes", path: "kubernetes" });
    assert.deepEqual(config.inputs, { backend: "kubernetes", kubernetesHost: "https://kubernetes.default.svc" });
    assert.ok(auth.dependencies.includes(audit(registered).urn));
    assert.ok(config.dependencies.includes(audit(registered).urn));
    assert.ok(config.dependencies.includes(auth.urn));
  });

  it("T20: makes nothing at all before the audit device", () => {
    const others = registered.filter(({ type }) => /^(vault|kubernetes):/.test(type)).filter((each) => !isAudit(each));
    assert.equal(others.length, 11);
    for (const each of others) assert.ok(reaches(registered, each, audit(registered).urn), each.name);
  });

  it("T20: leaves the audit device to the configuration of OpenBao, which takes none by the API", async () => {
    const names = (all: readonly Registration[]) => all.map(({ type, name }) => `${type} ${name}`);
    const openBao = await made({ distribution: "openbao" });
    assert.deepEqual(names(openBao), names(registered.filter((each) => !isAudit(each))));
  });

  it("T16, T22: writes the passwords of the platform after the engine, as secrets, and protects them", () => {
    const expected = {
      "platform/harbor": { username: "admin", password: secrets.harborAdminPassword },
      "platform/argo-cd": {
        ...{ username: "admin", password: secrets.argoCdAdminPassword },
        "webhook-secret": secrets.argoCdWebhookSecret,
      },
    };
    const leaves = registered.filter(({ type }) => type === "vault:kv/secretV2:SecretV2");
    const found = leaves.map(({ inputs }) => [inputs["name"], JSON.parse(String(inputs["dataJson"]))] as const);
    assert.deepEqual(Object.fromEntries(found), expected);
    for (const leaf of leaves) {
      assert.equal(leaf.inputs["mount"], "idp");
      assert.equal(leaf.inputs["deleteAllVersions"], false);
      assert.equal(leaf.protect, true);
      assert.deepEqual(leaf.secretInputs, ["dataJson"]);
      assert.ok(leaf.dependencies.includes(named(registered, "vault-secrets").urn));
    }
    for (const { name, inputs, secretInputs } of registered)
      for (const [key, value] of Object.entries(inputs))
        if (!secretInputs.includes(key)) assert.doesNotMatch(JSON.stringify(value), /canary/, `${name}.${key}`);
  });

  it("T21: ends the bootstrap token last of all, when no other resource needs it any more", () => {
    const end = named(registered, "vault-bootstrap-end");
    const others = registered.filter(({ custom, urn }) => custom && urn !== end.urn);
    assert.equal(others.length, 11);
    for (const { urn, name } of others) assert.ok(end.dependencies.includes(urn), name);
    assert.ok(others.every(({ dependencies }) => !dependencies.includes(end.urn)));
  });

  it("T21: ends the bootstrap token of another Vault, too, and otherwise never runs again", () => {
    const anew = registered.filter(({ replacementTrigger }) => replacementTrigger !== null);
    assert.deepEqual(
      anew.map(({ name, replacementTrigger, deleteBeforeReplace }) => [name, replacementTrigger, deleteBeforeReplace]),
      [["vault-bootstrap-end", "vault-secrets-accessor", true]],
    );
  });

  it("lets in who makes snapshots only where any are made", async () => {
    const without = await made({ backup: false });
    const left = registered.filter(({ name }) => !without.some((other) => other.name === name));
    assert.deepEqual(
      left.map(({ name }) => name),
      ["vault-backup-policy", "vault-backup-role"],
    );
  });
});

function isAudit({ type }: Registration): boolean {
  return type === "vault:index/audit:Audit";
}

function audit(registered: readonly Registration[]): Registration {
  return named(registered, "vault-audit");
}

function named(registered: readonly Registration[], name: string): Registration {
  const found = registered.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}
