import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { vaultAccounts, vaultRoles } from "../../model/vault-names";
import type { PlannedVaultPolicy, PlannedVaultRole } from "../planned-vault";
import { policyText } from "./vault-policy";

/** Seconds. A snapshot is one answer, which Vault ends although the token does meanwhile. */
const tokenTtl = 600;

export interface BackupAccessOrder {
  /** Logical names of what the policy needs first. */
  readonly policy: readonly string[];
  /** Logical names of what the role needs first, beside the policy. */
  readonly role: readonly string[];
}

/** Who may take a snapshot of everything, which Vault encrypts as it is on its disk, and may read nothing else. */
export function planBackupAccess(order: BackupAccessOrder): readonly [PlannedVaultPolicy, PlannedVaultRole] {
  const policy = "vault-backup-policy";
  return [
    {
      kind: "vault-policy",
      name: policy,
      policy: vaultRoles.backup,
      rules: policyText([["sys/storage/raft/snapshot", "read"]]),
      dependsOn: order.policy,
    },
    {
      kind: "vault-role",
      name: "vault-backup-role",
      dependsOn: [policy, ...order.role],
      auth: vaultAuthPath,
      role: vaultRoles.backup,
      namespace: platformNamespaces.vault,
      serviceAccount: vaultAccounts.backup,
      audience: vaultAudience,
      policies: [vaultRoles.backup],
      tokenTtl,
    },
  ];
}
