/**
 * Objects of Vault's life in its namespace. The Secrets are made by the Job that initialises Vault and are nobody's in
 * Pulumi, so that no stack can delete them. Frozen: a rename would lose what they hold.
 */
export const vaultObjects = {
  /** Secret with the keys that open Vault: `key-1`, `key-2` and so on. */
  unsealKeys: "vault-unseal-keys",
  /** Secret with the keys that make a new root token where Vault opens itself. */
  recoveryKeys: "vault-recovery-keys",
  /** Secret with the bootstrap token, under `token`; it is gone once the vault stack has been made. */
  bootstrapToken: "vault-bootstrap-token",
  /** ConfigMap that says how far the initialisation has come; nothing in it is secret. */
  initialisation: "vault-initialisation",
  /** Secret with OpenBao's static key, under `key`. */
  sealKey: "vault-seal-key",
  /** Secret with the token for another Vault's transit engine, under `token`. */
  transitToken: "vault-transit-token",
  /** Secret with the keys of the S3 store, under `access-key` and `secret-key`. */
  backupStore: "vault-backup-store",
} as const;

/** Service accounts of the namespace, and what runs as each. */
export const vaultAccounts = {
  init: "vault-init",
  unsealer: "vault-unsealer",
  bootstrapEnd: "vault-bootstrap-end",
  backup: "vault-backup",
  /** Nothing runs as it: a person who may do everything in the cluster takes a token of it, to log in to Vault. */
  operator: "vault-operator",
} as const;

/** Labels of the pods that run as an account, by which the network policies of the namespace know them. */
export function vaultPodLabels(account: (typeof vaultAccounts)[keyof typeof vaultAccounts]) {
  return { "app.kubernetes.io/component": account } as const;
}

/** What makes the snapshots and where they are. Frozen: another claim is another volume, without the snapshots so far. */
export const vaultBackups = {
  /** CronJob, whose runs a person may start too. */
  cronJob: "vault-backup",
  /** PersistentVolumeClaim. */
  claim: "vault-backups",
  /** Names of the copies in a store start with it. */
  prefix: "vault/",
} as const;

/** Roles of Vault's kubernetes auth method and the policies of the same names. They start differently from those of projects. */
export const vaultRoles = { operator: "idp-operator", backup: "idp-backup" } as const;

/** Folder of the platform's own secrets below the mount. Frozen once it holds secrets. */
export const platformVaultFolder = "platform";
