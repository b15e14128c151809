import { signingRoleName, signingMount } from "../../model/signing-names";
import { vaultFolder, vaultRoleName } from "../../model/names";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import type { PlatformOutputs } from "../../model/platform-outputs";
import { platformVaultFolder, vaultAccounts, vaultRoles } from "../../model/vault-names";
import type { PlannedVaultPolicy, PlannedVaultRole } from "../planned-vault";
import { type PolicyRule, policyText } from "./vault-policy";

/** Seconds: one hour, for the longest `pulumi up` of many projects. It is revoked as soon as the command has ended. */
export const operatorTokenTtl = 3600;

const policyName = "vault-operator-policy";

type Scope = Pick<PlatformOutputs["vault"], "distribution" | "mount">;

/**
 * What `pulumi up` of the vault and projects stacks needs. It stays when the stack is destroyed, and so does the role: they
 * are the way into Vault.
 */
export function planOperatorPolicy(scope: Scope, dependsOn: readonly string[]): PlannedVaultPolicy {
  const rules = operatorPolicyRules(scope);
  const kept = { protect: true, retain: true };
  return { kind: "vault-policy", name: policyName, policy: vaultRoles.operator, rules, dependsOn, ...kept };
}

/** Nothing runs as the account: who may take a token of it from the API server is let in. */
export function planOperatorRole(dependsOn: readonly string[]): PlannedVaultRole {
  return {
    kind: "vault-role",
    name: "vault-operator-role",
    dependsOn,
    auth: vaultAuthPath,
    role: vaultRoles.operator,
    namespace: platformNamespaces.vault,
    serviceAccount: vaultAccounts.operator,
    audience: vaultAudience,
    policies: [vaultRoles.operator],
    tokenTtl: operatorTokenTtl,
    protect: true,
    retain: true,
  };
}

/**
 * The requests of the provider for each kind of resource of these stacks, found in the audit log of runs, and what
 * `vault kv` and `vault operator raft` need beside. Paths are those of our own engines, without `sudo` where Vault does not
 * insist on it. No engine can be deleted: that takes a root token, which only the holders of the keys can make. What
 * every token may do with itself is in the policy `default`.
 *
 * It keeps accidents small, and it is no wall. Who has such a token writes policies and the roles that hand them out, so that
 * it takes two more steps to get everything in Vault. It has to be held like a root token, but for an hour at most.
 */
export function operatorPolicyRules({ distribution, mount }: Scope): string {
  return policyText([
    // The provider goes on with a token of its own, with the same rights.
    ["auth/token/create", "update"],
    ...(distribution === "vault" ? auditRules : []),
    ...engineRules(mount),
    ...secretRules(mount),
    ...keyRules(signingMount(mount)),
    ...loginRules,
    ...storageRules,
    ...rootTokenRules[distribution],
  ]);
}

/** A look at the devices. One more could write any file that Vault can, so that making them is left to a root token. */
const auditRules: readonly PolicyRule[] = [["sys/audit", "read", "sudo"]];

function engineRules(mount: string): readonly PolicyRule[] {
  return [mount, signingMount(mount)].flatMap((path): PolicyRule[] => [
    [`sys/mounts/${path}`, "read", "update"],
    [`sys/mounts/${path}/tune`, "read", "update"],
  ]);
}

/** Every folder that secrets are in. People enter theirs, list them, and take back what was deleted. */
function secretRules(mount: string): readonly PolicyRule[] {
  return [vaultFolder("*"), `${platformVaultFolder}/*`].flatMap((secrets): PolicyRule[] => [
    [`${mount}/data/${secrets}`, "create", "read", "update", "delete"],
    [`${mount}/metadata/${secrets}`, "list", "read", "update", "delete"],
    [`${mount}/undelete/${secrets}`, "update"],
  ]);
}

/** Keys are made and read. By this policy nobody signs, and nobody puts another key in the place of one. */
function keyRules(mount: string): readonly PolicyRule[] {
  return [
    [`${mount}/keys/+`, "read", "update"],
    [`${mount}/keys/+/config`, "update"],
  ];
}

/** The roles and policies that come and go; those of projects are known only by how their names start. */
const accessNames = [vaultRoleName("*"), signingRoleName("*"), vaultRoles.backup];

const loginRules: readonly PolicyRule[] = [
  [`sys/mounts/auth/${vaultAuthPath}`, "read"],
  [`sys/mounts/auth/${vaultAuthPath}/tune`, "read"],
  [`auth/${vaultAuthPath}/config`, "read", "update"],
  // Its own it may change and not delete, which would lock everybody out.
  [`sys/policies/acl/${vaultRoles.operator}`, "read", "update"],
  [`auth/${vaultAuthPath}/role/${vaultRoles.operator}`, "create", "read", "update"],
  ...accessNames.flatMap((name): PolicyRule[] => [
    [`sys/policies/acl/${name}`, "read", "update", "delete"],
    [`auth/${vaultAuthPath}/role/${name}`, "create", "read", "update", "delete"],
  ]),
];

/** Snapshots, taken and put back, and a look at the storage. */
const storageRules: readonly PolicyRule[] = [
  ["sys/storage/raft/snapshot", "read", "update"],
  ["sys/storage/raft/snapshot-force", "update"],
  ["sys/storage/raft/configuration", "read"],
  ["sys/storage/raft/autopilot/state", "read"],
];

/**
 * The keys alone make no root token any more, and neither does this without the keys: since Vault 2.0 and OpenBao 2.5.3 nobody may try
 * without a token (CVE-2026-5807). OpenBao's commands have paths of their own for it.
 */
const rootTokenRules: Readonly<Record<Scope["distribution"], readonly PolicyRule[]>> = {
  vault: rootTokenPaths("sys/generate-root"),
  openbao: rootTokenPaths("sys/generate-root-token"),
};

function rootTokenPaths(start: string): readonly PolicyRule[] {
  return [
    [`${start}/attempt`, "read", "update", "delete"],
    [`${start}/update`, "update"],
  ];
}
