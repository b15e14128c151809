import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { platformNamespaces } from "../../model/platform-names";
import type { PlatformSecretKey } from "../../model/platform-settings";
import { secretOf, secretText } from "../../model/secret-text";
import { vaultBackups, vaultObjects } from "../../model/vault-names";
import type { PlannedManifest } from "../planned-resource";
import { secretManifest } from "../secret-manifest";
import type { VaultBackupArgs } from "./vault-backup";

const accessKey: PlatformSecretKey = "backupsAccessKey";
const secretKey: PlatformSecretKey = "backupsSecretKey";

const files = { volume: "store", folder: "/store", accessKey: "access-key", secretKey: "secret-key" };

/** Whether each snapshot is copied to a store that speaks S3. */
export function hasStore({ s3 }: Pick<VaultBackupArgs, "s3">): boolean {
  return s3.endpoint !== "";
}

/** The keys of the store, where there is one. */
export function planBackupStore(args: VaultBackupArgs): readonly PlannedManifest[] {
  if (!hasStore(args)) return [];
  const name = vaultObjects.backupStore;
  const stringData = {
    [files.accessKey]: secretText(secretOf(accessKey)),
    [files.secretKey]: secretText(secretOf(secretKey)),
  };
  const namespace = platformNamespaces.vault;
  return [{ kind: "manifest", name, manifest: secretManifest({ name, namespace, stringData }) }];
}

/** The keys in a pod: as files, which no description of the pod shows. */
export const storeFiles = {
  volume: { name: files.volume, secret: { secretName: vaultObjects.backupStore, defaultMode: 0o440 } },
  mount: { name: files.volume, mountPath: files.folder, readOnly: true },
} as const satisfies { readonly volume: IVolume; readonly mount: IVolumeMount };

export function storeVariables({ s3 }: Pick<VaultBackupArgs, "s3">): Readonly<Record<string, string>> {
  return {
    S3_ENDPOINT: s3.endpoint,
    S3_BUCKET: s3.bucket,
    S3_REGION: s3.region,
    S3_PREFIX: vaultBackups.prefix,
    S3_ACCESS_KEY_FILE: `${files.folder}/${files.accessKey}`,
    S3_SECRET_KEY_FILE: `${files.folder}/${files.secretKey}`,
  };
}
