import type * as pulumi from "@pulumi/pulumi";
import * as vault from "@pulumi/vault";
import type { PlannedVaultAudit, PlannedVaultMount } from "../plan/planned-resource";

/** Who asked Vault for what, in a file. Values are hashed by Vault itself. */
export function registerVaultAudit(audit: PlannedVaultAudit, opts: pulumi.CustomResourceOptions): vault.Audit {
  return new vault.Audit(audit.name, { type: "file", options: { file_path: audit.filePath } }, opts);
}

/** A kv-v2 secrets engine. */
export function registerVaultMount(mount: PlannedVaultMount, opts: pulumi.CustomResourceOptions): vault.Mount {
  const { path, description } = mount;
  return new vault.Mount(mount.name, { path, description, type: "kv", options: { version: "2" } }, opts);
}
