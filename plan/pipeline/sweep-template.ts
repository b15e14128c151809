import type { IClusterWorkflowTemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/ClusterWorkflowTemplate";
import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IUserContainer } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/UserContainer";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import { logicalName } from "../../model/names";
import {
  buildPriorityClassName,
  gitFilesName,
  pipelineComponentName,
  pushAddress,
  sweepName,
  workflowAccountName,
} from "../../model/pipeline-names";
import { repositoryKeysSecretName, webhookKeysSecretName } from "../../model/repository-names";
import { restrictedContainer } from "../container-security";
import { manifest } from "../manifest";
import { programs } from "../program-files";
import type { ProjectCluster } from "../projects/project-cluster";
import { sweepListKey } from "../projects/builds/sweep-list";
import {
  emptyVolume,
  folders,
  imageOf,
  mountAt,
  shortLife,
  stepContainer,
  stepOutputs,
  stepPod,
  stepVolumes,
  variables,
  withoutToken,
} from "./build-pod";
import { gitFiles, gitFilesMounts } from "./git-files";
import type { PipelineArgs } from "./pipeline";
import type { PipelinePart } from "./pipeline-part";
import { registryLogin } from "./registry-login";

/** Seconds. The whole history of a large repository is the longest of it. */
const deadline = 900;

const list = { volume: "list", folder: "/sweep" };
const found = { volume: "found", folder: "/found" };
const readKeys = { volume: "read-keys", folder: "/read-keys" };
const webhookKeys = { volume: "webhook-keys", folder: "/webhook-keys" };
const scratch = "heads-scratch";

/**
 * What a sweep runs, in the build namespace of each project. It is no WorkflowTemplate there, since those have the names of
 * applications.
 */
export function planSweepTemplate({ cluster }: PipelineArgs): PipelinePart {
  const template = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ClusterWorkflowTemplate",
    metadata: { name: sweepName },
    spec: {
      entrypoint: sweepName,
      serviceAccountName: workflowAccountName,
      podPriorityClassName: buildPriorityClassName,
      podMetadata: { labels: { "app.kubernetes.io/component": sweepName } },
      securityContext: stepPod(),
      activeDeadlineSeconds: deadline,
      // The next one tells the same.
      ttlStrategy: shortLife,
      templates: [sweepStep(cluster)],
    },
  } satisfies IClusterWorkflowTemplate;
  const name = logicalName(pipelineComponentName, "sweep-template");
  return { resources: [{ kind: "manifest", name, manifest: manifest(template) }], warnings: [] };
}

/** No retry: the next sweep is one. */
function sweepStep(cluster: ProjectCluster): ITemplate {
  const login = registryLogin(cluster);
  return {
    name: sweepName,
    outputs: stepOutputs(),
    initContainers: [headsContainer(cluster)],
    container: pushesContainer(cluster),
    volumes: [
      ...stepVolumes,
      ...[found.volume, scratch].map(emptyVolume),
      { name: list.volume, configMap: { name: sweepName } },
      { name: gitFiles.volume, configMap: { name: gitFilesName } },
      secretVolume(readKeys.volume, repositoryKeysSecretName),
      secretVolume(webhookKeys.volume, webhookKeysSecretName),
      ...login.volumes,
    ],
  };
}

/** Has the read keys, and nothing to sign with. */
function headsContainer(cluster: ProjectCluster): IUserContainer {
  return {
    name: "heads",
    image: imageOf(cluster, images.git),
    command: ["sh", "-c", programs.sweepHeads],
    env: variables({
      APPLICATIONS: `${list.folder}/${sweepListKey}`,
      WORK: found.folder,
      KEYS: readKeys.folder,
      KNOWN_HOSTS: gitFiles.knownHosts,
    }),
    resources: {
      // Unsaid, Kubernetes would ask for all of the limit.
      requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "128Mi" },
      limits: { memory: "512Mi", "ephemeral-storage": "2Gi" },
    },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      withoutToken,
      mountAt(list.volume, list.folder),
      mountAt(found.volume, found.folder),
      mountAt(scratch, folders.temporary),
      { ...mountAt(readKeys.volume, readKeys.folder), readOnly: true },
      ...gitFilesMounts,
    ],
  };
}

/** Signs and sends, and reads no repository. */
function pushesContainer(cluster: ProjectCluster): IContainer {
  const login = registryLogin(cluster);
  const step = stepContainer({
    image: imageOf(cluster, images.node),
    program: ["node", "--input-type=module", "--eval", programs.sweep],
    env: {
      APPLICATIONS: `${list.folder}/${sweepListKey}`,
      WORK: found.folder,
      WEBHOOK_SECRETS: webhookKeys.folder,
      REGISTRY_URL: `https://${cluster.registryHost}`,
      EVENT_SOURCE_URL: pushAddress,
    },
    mounts: [
      mountAt(list.volume, list.folder),
      mountAt(found.volume, found.folder),
      { ...mountAt(webhookKeys.volume, webhookKeys.folder), readOnly: true },
      ...login.mounts,
    ],
    resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
  });
  return { ...step, env: [...(step.env ?? []), ...login.env] };
}

function secretVolume(name: string, secretName: string): IVolume {
  // The group is that of the pod's volumes; of a key, the program makes a copy as ssh wants it.
  return { name, secret: { secretName, defaultMode: 0o440 } };
}
