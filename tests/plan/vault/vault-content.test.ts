import assert from "node:assert/strict";
import { vaultAudience, vaultAuthPath } from "../../../model/platform-names";
import { platformSecretOutputs } from "../../../model/platform-outputs";
import { isSecretText } from "../../../model/secret-text";
import { isVault } from "../../../plan/planned-vault";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { planBackupAccess } from "../../../plan/vault/backup-access";
import { planPlatformSecrets } from "../../../plan/vault/platform-secrets";
import { planVaultContent } from "../../../plan/vault/vault-content";
import { planVaultStack } from "../../../plan/vault/vault-stack";
import { someSettings } from "../../support/cluster";
import { allowedOn, parsePolicy } from "../../support/vault-policy";

const usual = { distribution: "vault", mount: "idp", backup: true, imageRegistry: "" } as const;

describe("plan of a vault stack", () => {
  it("begins with the audit device and the operator's policy, and ends with the end of the bootstrap token", () => {
    const names = planVaultContent(usual).resources.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ["vault-audit", "vault-operator-policy"]);
    assert.equal(names.at(-1), "vault-bootstrap-end");
  });

  it("follows what the platform says", () => {
    const plan = (vault: object) =>
      planVaultStack(
        "homelab-vault",
        planPlatformOutputs(someSettings({ vault, imageRegistry: "mirror.lab.example" })),
      );
    const [component, ...others] = plan({ mount: "secrets", backup: { schedule: "" } }).components;
    assert.deepEqual(others, []);
    const expected = { ...usual, mount: "secrets", backup: false, imageRegistry: "mirror.lab.example" } as const;
    assert.deepEqual(component, planVaultContent(expected));
    assert.notDeepEqual(plan({}).components[0], component);
  });

  it("T19: binds every role to one service account of one namespace, an audience and at most an hour", () => {
    const roles = planVaultContent(usual).resources.flatMap((resource) =>
      resource.kind === "vault-role" ? [resource] : [],
    );
    assert.deepEqual(
      roles.map(({ role, namespace, serviceAccount, policies }) => [role, namespace, serviceAccount, ...policies]),
      [
        ["idp-operator", "vault", "vault-operator", "idp-operator"],
        ["idp-backup", "vault", "vault-backup", "idp-backup"],
      ],
    );
    for (const { auth, audience, tokenTtl } of roles) {
      assert.deepEqual([auth, audience], [vaultAuthPath, vaultAudience]);
      assert.ok(tokenTtl > 0 && tokenTtl <= 3600);
    }
  });

  it("T18: lets the account of the backups take a snapshot, and nothing else", () => {
    const [policy] = planBackupAccess({ policy: [], role: [] });
    const rules = parsePolicy(policy.rules);
    assert.deepEqual(rules, [{ path: "sys/storage/raft/snapshot", capabilities: ["read"] }]);
    for (const path of ["sys/storage/raft/snapshot-force", "idp/data/projects/shop/registry", "sys/audit"])
      assert.deepEqual(allowedOn(path, rules), []);
  });

  it("T22: protects the engines, the login and every secret of the platform", () => {
    const kept = planVaultContent(usual).resources.filter(
      ({ kind }) => kind === "vault-mount" || kind === "vault-secret" || kind === "vault-kubernetes-auth",
    );
    assert.equal(kept.length, 5);
    for (const { name, protect } of kept) assert.equal(protect, true, name);
  });

  it("T16: holds every secret that the platform tells, and no value of one", () => {
    const secrets = planPlatformSecrets("idp", []).filter(isVault);
    const held = secrets.flatMap(({ data }) => Object.values(data).filter(isSecretText));
    assert.deepEqual(
      held.map(({ $secret }) => $secret),
      ["harborAdminPassword", "argoCdAdminPassword", "argoCdWebhookSecret"].map((name) => [{ name, form: "plain" }]),
    );
    assert.equal(held.length, platformSecretOutputs.keyof().options.length);
  });
});
