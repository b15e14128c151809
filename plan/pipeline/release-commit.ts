import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { imageName } from "../../model/delivery-names";
import { images } from "../../model/images";
import { gitFilesName } from "../../model/pipeline-names";
import { gitOpsWriteKeySecretName } from "../../model/repository-names";
import { programs } from "../program-files";
import { emptyVolume, folders, imageOf, mountAt, retry, stepContainer, stepVolumes } from "./build-pod";
import { gitFiles, gitFilesMounts } from "./git-files";
import type { PipelineArgs } from "./pipeline";
import { releaseOutputs, releaseParameter } from "./release-parameters";
import type { ReleaseWay } from "./release-way";

const writeKey = { volume: "write-key", folder: "/write-key", file: "key" };

/** Commits the digest into the GitOps repository. No other pod of this namespace has the key that writes there. */
export function planCommitRelease(args: PipelineArgs): ReleaseWay {
  return { template: commitTemplate(args) };
}

/** What another way to release has besides. */
export interface CommitExtras {
  readonly env: Readonly<Record<string, string>>;
  readonly volumes: readonly IVolume[];
  readonly mounts: readonly IVolumeMount[];
}

const nothing: CommitExtras = { env: {}, volumes: [], mounts: [] };

/** Writes the application's file in the GitOps repository. */
export function commitTemplate({ cluster }: PipelineArgs, more: CommitExtras = nothing): Omit<ITemplate, "name"> {
  return {
    outputs: releaseOutputs,
    retryStrategy: retry(),
    activeDeadlineSeconds: 600,
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

/** The host of the image is a constant: no report can name another registry. */
function environment({ cluster }: Pick<PipelineArgs, "cluster">): Readonly<Record<string, string>> {
  const [project, application] = [releaseParameter("project"), releaseParameter("application")];
  return {
    GITOPS: cluster.gitOps.address,
    GITOPS_BRANCH: cluster.gitOps.branch,
    SSH_KEY_FILE: `${writeKey.folder}/${writeKey.file}`,
    KNOWN_HOSTS_FILE: gitFiles.knownHosts,
    PROJECT: project,
    APPLICATION: application,
    IMAGE: imageName(cluster.registryHost, project, application),
    DIGEST: releaseParameter("digest"),
    COMMIT: releaseParameter("commit"),
    PUSHED: releaseParameter("pushed"),
    PINNED: releaseParameter("pinned"),
    RESULTS: folders.results,
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
