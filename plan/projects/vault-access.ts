import { logicalName, namespaceName, secretReaderName, vaultFolder, vaultRoleName } from "../../model/names";
import { vaultAudience, vaultAuthPath } from "../../model/platform-names";
import type { PlannedVaultPolicy, PlannedVaultRole } from "../planned-vault";

/** Seconds. Every reading logs in again, so a token needs no more time than one reading takes. */
const tokenTtl = 600;

/** Who may read a project's secrets: one service account of its namespace, and nobody of any other. */
export function planVaultAccess(
  project: string,
  mount: string,
): readonly [policy: PlannedVaultPolicy, role: PlannedVaultRole] {
  const [policy, role] = [vaultPolicyResource(project), vaultRoleResource(project)];
  const name = vaultRoleName(project);
  return [
    { kind: "vault-policy", name: policy, policy: name, rules: vaultPolicyRules(project, mount) },
    {
      kind: "vault-role",
      name: role,
      dependsOn: [policy],
      auth: vaultAuthPath,
      role: name,
      namespace: namespaceName(project),
      serviceAccount: secretReaderName,
      audience: vaultAudience,
      policies: [name],
      tokenTtl,
    },
  ];
}

/**
 * The `/` before each `*` is what keeps `shop` out of `shop-2`: a `*` at the end of a path stands for any text. Source:
 * https://developer.hashicorp.com/vault/docs/concepts/policies
 */
export function vaultPolicyRules(project: string, mount: string): string {
  const folder = vaultFolder(project);
  return [
    `path "${mount}/data/${folder}/*" {\n  capabilities = ["read"]\n}\n`,
    `path "${mount}/metadata/${folder}/*" {\n  capabilities = ["list", "read"]\n}\n`,
  ].join("\n");
}

function vaultPolicyResource(project: string): string {
  return logicalName(project, "vault-policy");
}

export function vaultRoleResource(project: string): string {
  return logicalName(project, "vault-role");
}
