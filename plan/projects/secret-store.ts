import type { ISecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import {
  buildNamespaceName,
  buildVaultRoleName,
  logicalName,
  namespaceName,
  secretReaderName,
  secretStoreName,
  vaultRoleName,
} from "../../model/names";
import { vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { manifest } from "../manifest";
import type { KubernetesManifest, PlannedManifest } from "../planned-resource";
import { externalSecretsAccount, secretReaderTokenRole } from "../platform/external-secrets";
import { vaultServer } from "../platform/vault-values";
import { accessBinding } from "../rbac";
import { projectLabels } from "./project-labels";
import { buildVaultRoleResource, vaultRoleResource } from "./vault-access";

/** A namespace of a project, and as whom its secrets are read. */
interface Reader {
  readonly project: string;
  readonly namespace: string;
  /** Path of the kv-v2 secrets engine. */
  readonly mount: string;
  /** Role in Vault. */
  readonly role: string;
  /** Logical name of that role. */
  readonly roleResource: string;
  /** Start of the logical names here, behind the project's. */
  readonly start: "" | "build-";
}

/**
 * How secrets come from Vault into a project's namespace: External Secrets takes a token of the one service account that
 * Vault knows, and of no other. Nobody else can take one, and no pod runs as that account.
 */
export function planSecretStore(project: string, mount: string): readonly PlannedManifest[] {
  const [role, roleResource] = [vaultRoleName(project), vaultRoleResource(project)];
  return planStore({ project, mount, namespace: namespaceName(project), role, roleResource, start: "" });
}

/** The same way into the build namespace, for the secrets of builds alone. */
export function planBuildStore(project: string, mount: string): readonly PlannedManifest[] {
  const [role, roleResource] = [buildVaultRoleName(project), buildVaultRoleResource(project)];
  return planStore({ project, mount, namespace: buildNamespaceName(project), role, roleResource, start: "build-" });
}

function planStore(reader: Reader): readonly PlannedManifest[] {
  const { project, start, roleResource } = reader;
  const resource = (role: string) => logicalName(project, `${start}${role}`);
  const [account, binding] = [resource("secret-reader"), resource("secret-reader-token")];
  const planned = (name: string, object: KubernetesManifest, dependsOn: readonly string[]): PlannedManifest => ({
    kind: "manifest",
    name,
    dependsOn,
    manifest: object,
  });
  return [
    planned(account, manifest(serviceAccount(reader)), []),
    planned(binding, tokenBinding(reader), [account]),
    planned(resource("secret-store"), manifest(store(reader)), [account, binding, roleResource]),
  ];
}

function serviceAccount(reader: Reader): IServiceAccount & { readonly metadata: { readonly name: string } } {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadata(reader, secretReaderName),
    automountServiceAccountToken: false,
  };
}

/** A role of the whole cluster, which counts in this namespace alone. */
function tokenBinding(reader: Reader): KubernetesManifest {
  const place = metadata(reader, secretReaderTokenRole);
  return accessBinding(place, { kind: "ClusterRole", role: secretReaderTokenRole, account: externalSecretsAccount });
}

function store(reader: Reader): ISecretStore & { readonly metadata: { readonly name: string } } {
  const { mount: path, role } = reader;
  const serviceAccountRef = { name: secretReaderName, audiences: [vaultAudience] };
  const kubernetes = { mountPath: vaultAuthPath, role, serviceAccountRef };
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: metadata(reader, secretStoreName),
    spec: { provider: { vault: { server: vaultServer, path, version: "v2", auth: { kubernetes } } } },
  };
}

function metadata({ project, namespace }: Reader, name: string) {
  return { name, namespace, labels: { ...projectLabels(project) } };
}
