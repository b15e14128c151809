import type { ICronJob } from "kubernetes-models/batch/v1/CronJob";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import type { IPodSpec } from "kubernetes-models/v1/PodSpec";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { vaultAccounts, vaultBackups, vaultPodLabels, vaultRoles } from "../../model/vault-names";
import { imageRepository } from "../cluster-facts";
import { restrictedContainer, restrictedPod } from "../container-security";
import { manifest } from "../manifest";
import type { PlannedManifest, PlannedResource } from "../planned-resource";
import { programs } from "../program-files";
import type { VaultArgs } from "./vault";
import { planVaultAccount } from "./vault-accounts";
import { hasStore, planBackupStore, storeFiles, storeVariables } from "./vault-backup-store";
import { vaultServer } from "./vault-values";

export type VaultBackupArgs = Pick<VaultArgs, "facts" | "backup" | "s3">;

const name = vaultAccounts.backup;
const namespace = platformNamespaces.vault;
const snapshots = { resource: "vault-snapshots", volume: "snapshots", folder: "/snapshots" };
const login = { volume: "login", folder: "/login", file: "token" };

/**
 * Seconds: how late a run may start, so that a cluster that was off at night makes its snapshot in the morning; how long a run
 * may take; how long it waits for a Vault that is away; and how long the token is good that it logs in with, of which ten minutes
 * are the least that Kubernetes gives.
 */
const patience = { late: 12 * 3600, run: 3600, vault: 600, token: 600 };

/**
 * Snapshots of all that Vault holds, on a volume and, where a store is set, in that too. Without a schedule there are none, and
 * the volume is there all the same: one that stays in the cluster cannot be made a second time.
 */
export function planVaultBackup(args: VaultBackupArgs): readonly PlannedResource[] {
  if (args.backup.schedule === "") return [claim(args)];
  const needed = [planVaultAccount(name), claim(args), ...planBackupStore(args)];
  const dependsOn = needed.map((resource) => resource.name);
  return [...needed, { kind: "manifest", name, dependsOn, manifest: manifest(cronJob(args)) }];
}

/** It outlives the stack: the snapshots on it may be the last way back. */
function claim({ facts, backup }: VaultBackupArgs): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: {
      name: vaultBackups.claim,
      namespace,
      // It gets its volume when the first snapshot is made, for which nobody can wait.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: facts.storageClass,
      resources: { requests: { storage: backup.storage } },
    },
  } satisfies IPersistentVolumeClaim;
  const volumes = [{ name: vaultBackups.claim, size: backup.storage }];
  return { kind: "manifest", name: snapshots.resource, retain: true, volumes, manifest: manifest(object) };
}

function cronJob(args: VaultBackupArgs) {
  const labels = { ...vaultPodLabels(name) };
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: vaultBackups.cronJob, namespace, labels },
    spec: {
      schedule: args.backup.schedule,
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: patience.late,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          activeDeadlineSeconds: patience.run,
          // No second try: where the copy alone fails, each would take the place of an older snapshot. A node that is emptied
          // counts for none.
          backoffLimit: 0,
          podFailurePolicy: {
            rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
          },
          template: { metadata: { labels }, spec: pod(args) },
        },
      },
    },
  } satisfies ICronJob;
}

function pod(args: VaultBackupArgs): IPodSpec {
  return {
    restartPolicy: "Never",
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { ...restrictedPod(images.node.user) },
    containers: [container(args)],
    volumes: [
      { name: snapshots.volume, persistentVolumeClaim: { claimName: vaultBackups.claim } },
      loginVolume(),
      ...(hasStore(args) ? [storeFiles.volume] : []),
    ],
  };
}

/** Vault takes this token and the API server does not. */
function loginVolume(): IVolume {
  const serviceAccountToken = { audience: vaultAudience, expirationSeconds: patience.token, path: login.file };
  return { name: login.volume, projected: { defaultMode: 0o440, sources: [{ serviceAccountToken }] } };
}

/** The program is an argument: a file of its own would be one more object. */
function container(args: VaultBackupArgs): IContainer {
  const { repository, tag } = images.node;
  return {
    name: "backup",
    image: `${imageRepository(args.facts, repository)}:${tag}`,
    command: ["node"],
    args: ["--input-type=module", "--eval", programs.vaultBackup],
    env: Object.entries(environment(args)).map(([variable, value]) => ({ name: variable, value })),
    resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      { name: snapshots.volume, mountPath: snapshots.folder },
      { name: login.volume, mountPath: login.folder, readOnly: true },
      ...(hasStore(args) ? [storeFiles.mount] : []),
    ],
  };
}

function environment(args: VaultBackupArgs): Readonly<Record<string, string>> {
  return {
    VAULT_ADDR: vaultServer,
    VAULT_AUTH: vaultAuthPath,
    VAULT_ROLE: vaultRoles.backup,
    TOKEN_FILE: `${login.folder}/${login.file}`,
    FOLDER: snapshots.folder,
    KEEP: String(args.backup.keep),
    WAIT_SECONDS: String(patience.vault),
    ...(hasStore(args) ? storeVariables(args) : {}),
  };
}
