import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { images } from "../../model/images";
import { gitFilesName } from "../../model/pipeline-names";
import { gitOpsWriteKeySecretName } from "../../model/repository-names";
import { programs } from "../program-files";
import { emptyVolume, folders, imageOf, mountAt, retry, stepContainer, stepVolumes } from "./build-pod";
import { gitFiles, gitFilesMounts } from "./git-files";
import type { PipelineArgs } from "./pipeline";
import { releaseOutputs, releaseVariables } from "./release-parameters";
import type { ReleaseModePlan } from "./release-mode";

const writeKey = { volume: "write-key", folder: "/write-key", file: "key" };

/** Commits the digest into the GitOps repository. No other pod of this namespace has the key that writes there. */
export function planCommitRelease(args: PipelineArgs): ReleaseModePlan {
  return { template: commitTemplate(args) };
}

/** What another release mode has besides. */
export interface CommitExtras {
  readonly env: Readonly<Record<string, string>>;
  readonly volumes: readonly IVolume[];
  readonly mounts: readonly IVolumeMount[];
}

/** Seconds; the program tries again while others push into the repository, or it cannot be reached. */
const deadline = 600;

const nothing: CommitExtras = { env: {}, volumes: [], mounts: [] };

/** Writes the application's file in the GitOps repository. */
export function commitTemplate({ cluster }: PipelineArgs, more: CommitExtras = nothing): Omit<ITemplate, "name"> {
  return {
    outputs: releaseOutputs,
    retryStrategy: retry(),
    activeDeadlineSeconds: deadline,
    volumes: [...stepVolumes, ...volumes, ...more.volumes],
    container: stepContainer({
      image: imageOf(cluster, images.git),
      program: ["sh", "-c", programs.release],
      env: { ...environment({ cluster }), ...more.env },
      resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "256Mi" } },
      mounts: [...mounts, ...more.mounts],
    }),
  };
}

function environment({ cluster }: Pick<PipelineArgs, "cluster">): Readonly<Record<string, string>> {
  return {
    GITOPS: cluster.gitOps.address,
    GITOPS_BRANCH: cluster.gitOps.branch,
    SSH_KEY_FILE: `${writeKey.folder}/${writeKey.file}`,
    KNOWN_HOSTS_FILE: gitFiles.knownHosts,
    ...releaseVariables(cluster),
  };
}

const volumes: readonly IVolume[] = [
  {
    name: writeKey.volume,
    secret: {
      secretName: gitOpsWriteKeySecretName,
      items: [{ key: "sshPrivateKey", path: writeKey.file }],
      // The group is that of the pod's volumes.
      defaultMode: 0o440,
    },
  },
  { name: gitFiles.volume, configMap: { name: gitFilesName } },
  emptyVolume("results"),
];

const mounts: readonly IVolumeMount[] = [
  { ...mountAt(writeKey.volume, writeKey.folder), readOnly: true },
  ...gitFilesMounts,
  mountAt("results", folders.results),
];
