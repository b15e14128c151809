import type { Json } from "../model/json";
import type { SecretText } from "../model/secret-text";
import type { PlannedBase } from "./planned-base";

/** A file audit device of Vault. */
export interface PlannedVaultAudit extends PlannedBase {
  readonly kind: "vault-audit";
  /** Path of the log inside Vault's pod. */
  readonly filePath: string;
}

/** A secrets engine of Vault: `kv` keeps secrets by version 2, `transit` keeps keys and signs with them. */
export interface PlannedVaultMount extends PlannedBase {
  readonly kind: "vault-mount";
  readonly engine: "kv" | "transit";
  readonly path: string;
  readonly description: string;
}

/** The auth method by which pods of this cluster prove who they are to Vault. */
export interface PlannedVaultKubernetesAuth extends PlannedBase {
  readonly kind: "vault-kubernetes-auth";
  readonly path: string;
}

/** The API server that tells the auth method whether a pod's token is true; Vault's own pod reads its address and its CA from its own token. */
export interface PlannedVaultKubernetesConfig extends PlannedBase {
  readonly kind: "vault-kubernetes-config";
  /** Path of the auth method. */
  readonly auth: string;
  readonly apiServer: string;
}

/** One secret of the kv-v2 engine. */
export interface PlannedVaultSecret extends PlannedBase {
  readonly kind: "vault-secret";
  readonly mount: string;
  /** Below the mount, such as `projects/shop/databases/mysql`. */
  readonly path: string;
  readonly data: Readonly<Record<string, string | SecretText>>;
  /**
   * Whose the value is after it has been made: `person` means that the data are a placeholder, that an existing secret is
   * never overwritten, and that nothing is changed later.
   */
  readonly writer: "pulumi" | "person";
}

/** A key of a transit engine for signatures (ECDSA P-256). Vault never gives it away, and refuses to delete it. */
export interface PlannedVaultSigningKey extends PlannedBase {
  readonly kind: "vault-signing-key";
  /** Path of the engine. */
  readonly mount: string;
  readonly key: string;
}

/** What a token may do. */
export interface PlannedVaultPolicy extends PlannedBase {
  readonly kind: "vault-policy";
  readonly policy: string;
  /** In Vault's policy language. */
  readonly rules: string;
}

/** Which service account of which namespace gets tokens with a policy. */
export interface PlannedVaultRole extends PlannedBase {
  readonly kind: "vault-role";
  /** Path of the auth method. */
  readonly auth: string;
  readonly role: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** For whom the service account's token must be made out. */
  readonly audience: string;
  readonly policies: readonly string[];
  /** Seconds that a token of Vault lives. */
  readonly tokenTtl: number;
}

export type PlannedVault =
  | PlannedVaultAudit
  | PlannedVaultMount
  | PlannedVaultKubernetesAuth
  | PlannedVaultKubernetesConfig
  | PlannedVaultSecret
  | PlannedVaultSigningKey
  | PlannedVaultPolicy
  | PlannedVaultRole;

/** Whether a resource is inside Vault. */
export function isVault<T extends { readonly kind: string }>(resource: T): resource is Extract<T, PlannedVault> {
  return resource.kind.startsWith("vault-");
}

/** What a person may see of it, in a fixed order. */
export function vaultFacts(resource: PlannedVault): Readonly<Record<string, Json>> {
  switch (resource.kind) {
    case "vault-audit":
      return { filePath: resource.filePath };
    case "vault-mount":
      return { engine: resource.engine, path: resource.path, description: resource.description };
    case "vault-kubernetes-auth":
      return { path: resource.path };
    case "vault-kubernetes-config":
      return { auth: resource.auth, apiServer: resource.apiServer };
    case "vault-secret":
      return { mount: resource.mount, path: resource.path, data: { ...resource.data }, writer: resource.writer };
    case "vault-signing-key":
      return { mount: resource.mount, key: resource.key };
    case "vault-policy":
      return { policy: resource.policy, rules: resource.rules };
    case "vault-role": {
      const { auth, role, namespace, serviceAccount, audience, policies, tokenTtl } = resource;
      return { auth, role, namespace, serviceAccount, audience, policies: [...policies], tokenTtl };
    }
  }
}
