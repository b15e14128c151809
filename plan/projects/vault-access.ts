import {
  buildNamespaceName,
  buildVaultFolder,
  buildVaultRoleName,
  logicalName,
  namespaceName,
  secretReaderName,
  vaultFolder,
  vaultRoleName,
} from "../../model/names";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { vaultPluginAccountName, vaultPluginRoleName } from "../../model/vault-plugin";
import type { PlannedVaultPolicy, PlannedVaultRole } from "../planned-vault";

/** Seconds. Every reading logs in again, so a token needs no more time than one reading takes. */
const tokenTtl = 600;

type VaultAccess = readonly [policy: PlannedVaultPolicy, role: PlannedVaultRole];

/** Who may read a project's secrets: one service account of its namespace, and nobody of any other. */
export function planVaultAccess(project: string, mount: string): VaultAccess {
  return access(namespaceName(project), {
    ...{ policy: vaultPolicyResource(project), role: vaultRoleResource(project), name: vaultRoleName(project) },
    rules: vaultPolicyRules(project, mount),
  });
}

/** Who may read the secrets of a project's builds, and no other secret of it. */
export function planBuildVaultAccess(project: string, mount: string): VaultAccess {
  const policy = logicalName(project, "build-vault-policy");
  return access(buildNamespaceName(project), {
    ...{ policy, role: buildVaultRoleResource(project), name: buildVaultRoleName(project) },
    rules: buildVaultPolicyRules(project, mount),
  });
}

/**
 * Lets argocd-vault-plugin read as the project, for the applications that Argo CD renders by it: the same policy again. The
 * account is that of all projects; which role it takes is said by the script that runs the plugin (in-cluster/vault-plugin.sh).
 */
export function planPluginVaultAccess(project: string): PlannedVaultRole {
  const place = { namespace: platformNamespaces.argoCd, serviceAccount: vaultPluginAccountName };
  return {
    kind: "vault-role",
    name: pluginVaultRoleResource(project),
    dependsOn: [vaultPolicyResource(project)],
    ...place,
    auth: vaultAuthPath,
    role: vaultPluginRoleName(project),
    audience: vaultAudience,
    policies: [vaultRoleName(project)],
    tokenTtl,
  };
}

function access(
  namespace: string,
  reader: { readonly policy: string; readonly role: string; readonly name: string; readonly rules: string },
): VaultAccess {
  const { policy, role, name, rules } = reader;
  return [
    { kind: "vault-policy", name: policy, policy: name, rules },
    {
      kind: "vault-role",
      name: role,
      dependsOn: [policy],
      auth: vaultAuthPath,
      role: name,
      namespace,
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

/** External Secrets reads each by its path, so that nothing has to be listed. */
export function buildVaultPolicyRules(project: string, mount: string): string {
  return `path "${mount}/data/${buildVaultFolder(project)}/*" {\n  capabilities = ["read"]\n}\n`;
}

function vaultPolicyResource(project: string): string {
  return logicalName(project, "vault-policy");
}

export function vaultRoleResource(project: string): string {
  return logicalName(project, "vault-role");
}

export function buildVaultRoleResource(project: string): string {
  return logicalName(project, "build-vault-role");
}

export function pluginVaultRoleResource(project: string): string {
  return logicalName(project, "vault-plugin-role");
}
