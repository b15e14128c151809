import * as pulumi from "@pulumi/pulumi";
import * as vault from "@pulumi/vault";
import type {
  PlannedVault,
  PlannedVaultMount,
  PlannedVaultRole,
  PlannedVaultSecret,
  PlannedVaultSigningKey,
} from "../plan/planned-vault";
import { type SecretLookup, secretValue } from "./secret-values";

/** Something inside Vault. */
export function registerVault(
  resource: PlannedVault,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const { name } = resource;
  switch (resource.kind) {
    case "vault-audit":
      // Vault itself hashes the values of secrets before it writes them down.
      return new vault.Audit(name, { type: "file", options: { file_path: resource.filePath } }, opts);
    case "vault-mount":
      return registerMount(resource, opts);
    case "vault-kubernetes-auth":
      return new vault.AuthBackend(name, { type: "kubernetes", path: resource.path }, opts);
    case "vault-kubernetes-config": {
      const { auth, apiServer } = resource;
      return new vault.kubernetes.AuthBackendConfig(name, { backend: auth, kubernetesHost: apiServer }, opts);
    }
    case "vault-secret":
      return registerSecret(resource, lookup, opts);
    case "vault-signing-key":
      return registerSigningKey(resource, opts);
    case "vault-policy":
      return new vault.Policy(name, { name: resource.policy, policy: resource.rules }, opts);
    case "vault-role":
      return registerRole(resource, opts);
  }
}

function registerMount(
  { name, engine, path, description }: PlannedVaultMount,
  opts: pulumi.CustomResourceOptions,
): vault.Mount {
  const options = engine === "kv" ? { options: { version: "2" } } : {};
  return new vault.Mount(name, { path, description, type: engine, ...options }, opts);
}

/** What Vault calls the engine itself, such as `kv_6ec5d5d5`: another one at the same path is called otherwise. */
export function identityOfEngine(engine: pulumi.Resource): pulumi.Output<string> {
  if (!(engine instanceof vault.Mount)) throw new Error("only an engine of Vault has an identity");
  return engine.accessor;
}

/** Said although they are Vault's defaults: a key that can leave Vault once, can for ever. */
function registerSigningKey(
  { name, mount, key }: PlannedVaultSigningKey,
  opts: pulumi.CustomResourceOptions,
): vault.transit.SecretBackendKey {
  const closed = { deletionAllowed: false, exportable: false, allowPlaintextBackup: false };
  return new vault.transit.SecretBackendKey(name, { backend: mount, name: key, type: "ecdsa-p256", ...closed }, opts);
}

/**
 * A secret of a person is written once, and only where there has never been one: Vault refuses the write otherwise
 * (`cas` in the options; the provider sends its own field `cas` where Vault does not look). After that no input may ask
 * for a write: the provider has but one, of the whole secret.
 */
function registerSecret(
  { name, mount, path, data, writer }: PlannedVaultSecret,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): vault.kv.SecretV2 {
  const entries = Object.entries(data).map(([key, value]): [string, pulumi.Input<string>] => [
    key,
    typeof value === "string" ? value : secretValue(value, lookup),
  ]);
  const dataJson = pulumi.secret(pulumi.jsonStringify(Object.fromEntries(entries)));
  const args: vault.kv.SecretV2Args = { mount, name: path, dataJson, deleteAllVersions: false };
  if (writer === "pulumi") return new vault.kv.SecretV2(name, args, opts);
  const once = { ...args, options: { cas: "0" }, disableRead: true };
  const ignoreChanges = ["dataJson", "options", "disableRead", "deleteAllVersions"];
  return new vault.kv.SecretV2(name, once, { ...opts, ignoreChanges });
}

function registerRole(
  { name, auth, role, namespace, serviceAccount, audience, policies, tokenTtl }: PlannedVaultRole,
  opts: pulumi.CustomResourceOptions,
): vault.kubernetes.AuthBackendRole {
  const args: vault.kubernetes.AuthBackendRoleArgs = {
    backend: auth,
    roleName: role,
    boundServiceAccountNames: [serviceAccount],
    boundServiceAccountNamespaces: [namespace],
    audience,
    tokenPolicies: [...policies],
    tokenTtl,
    tokenMaxTtl: tokenTtl,
  };
  return new vault.kubernetes.AuthBackendRole(name, args, opts);
}
