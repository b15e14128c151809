import type { ISecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore";
import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { logicalName, namespaceName, secretReaderName, secretStoreName, vaultRoleName } from "../../model/names";
import { vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { externalSecretsAccount, secretReaderTokenRole } from "../platform/external-secrets";
import { vaultServer } from "../platform/vault-values";
import { projectLabels } from "./project-labels";
import { vaultRoleResource } from "./vault-access";

/**
 * How secrets come from Vault into a project's namespace: External Secrets takes a token of the one service account that
 * Vault knows, and of no other. Nobody else can take one, and no pod runs as that account.
 */
export function planSecretStore(project: string, mount: string): readonly PlannedManifest[] {
  const planned = (role: string, object: Parameters<typeof manifest>[0], dependsOn: readonly string[]) => ({
    kind: "manifest" as const,
    name: logicalName(project, role),
    dependsOn,
    manifest: manifest(object),
  });
  const [reader, binding] = ["secret-reader", "secret-reader-token"] as const;
  const parts = [logicalName(project, reader), logicalName(project, binding), vaultRoleResource(project)];
  return [
    planned(reader, account(project), []),
    planned(binding, tokenBinding(project), [logicalName(project, reader)]),
    planned("secret-store", store(project, mount), parts),
  ];
}

function account(project: string): IServiceAccount & { readonly metadata: { readonly name: string } } {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadata(project, secretReaderName),
    automountServiceAccountToken: false,
  };
}

/** A role of the whole cluster, which counts in this namespace alone. */
function tokenBinding(project: string): IRoleBinding & { readonly metadata: { readonly name: string } } {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: metadata(project, secretReaderTokenRole),
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: secretReaderTokenRole },
    subjects: [{ kind: "ServiceAccount", ...externalSecretsAccount }],
  };
}

function store(project: string, mount: string): ISecretStore & { readonly metadata: { readonly name: string } } {
  const serviceAccountRef = { name: secretReaderName, audiences: [vaultAudience] };
  const kubernetes = { mountPath: vaultAuthPath, role: vaultRoleName(project), serviceAccountRef };
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: metadata(project, secretStoreName),
    spec: { provider: { vault: { server: vaultServer, path: mount, version: "v2", auth: { kubernetes } } } },
  };
}

function metadata(project: string, name: string) {
  return { name, namespace: namespaceName(project), labels: { ...projectLabels(project) } };
}
