import type { IJob } from "kubernetes-models/batch/v1/Job";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPodSpec } from "kubernetes-models/v1/PodSpec";
import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { images } from "../model/images";
import { type ClusterFacts, imageRepository } from "./cluster-facts";
import { restrictedContainer, restrictedPod } from "./container-security";
import { manifest } from "./manifest";
import type { KubernetesManifest } from "./planned-resource";

/** A Job with one container, which runs a program of `in-cluster/` with Node. */
export interface ProgramJob {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the container. */
  readonly container: string;
  /** Text of the program. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly volumes: readonly IVolume[];
  readonly mounts: readonly IVolumeMount[];
  /** Service account whose token the pod sees; absent: none. */
  readonly account?: string;
  /** How often it is tried once more. */
  readonly retries: number;
  /** Seconds after which it is stopped; absent: never. */
  readonly deadline?: number;
  /** Seconds that Pulumi waits for its end; absent: its own ten minutes. */
  readonly awaited?: number;
  /** Whether a further try has the same pod, and what is on its disk; such a pod gets so many seconds for its end. */
  readonly samePod?: { readonly graceSeconds: number };
}

/** The object. One that failed is made anew by the next `pulumi up`. */
export function programJob(facts: Pick<ClusterFacts, "imageRegistry">, job: ProgramJob): KubernetesManifest {
  const { name, namespace, labels, retries, deadline, awaited } = job;
  const annotations = {
    "pulumi.com/replaceUnready": "true",
    ...(awaited === undefined ? {} : { "pulumi.com/timeoutSeconds": String(awaited) }),
  };
  const object = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace, labels: { ...labels }, annotations },
    spec: {
      backoffLimit: retries,
      ...(deadline === undefined ? {} : { activeDeadlineSeconds: deadline }),
      template: { metadata: { labels: { ...labels } }, spec: pod(facts, job) },
    },
  } satisfies IJob;
  return manifest(object);
}

function pod(facts: Pick<ClusterFacts, "imageRegistry">, job: ProgramJob): IPodSpec {
  const { account, samePod } = job;
  return {
    restartPolicy: samePod ? "OnFailure" : "Never",
    ...(samePod ? { terminationGracePeriodSeconds: samePod.graceSeconds } : {}),
    ...(account === undefined ? {} : { serviceAccountName: account }),
    automountServiceAccountToken: account !== undefined,
    enableServiceLinks: false,
    securityContext: { ...restrictedPod(images.node.user) },
    containers: [container(facts, job)],
    volumes: [...job.volumes],
  };
}

/** The program is an argument: a file of its own would be one more object, whose change would start nothing. */
function container(facts: Pick<ClusterFacts, "imageRegistry">, job: ProgramJob): IContainer {
  const { repository, tag } = images.node;
  return {
    name: job.container,
    image: `${imageRepository(facts, repository)}:${tag}`,
    command: ["node"],
    args: ["--input-type=module", "--eval", job.program],
    env: Object.entries(job.env).map(([name, value]) => ({ name, value })),
    resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    // The last sentence of the program is then what Pulumi shows.
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [...job.mounts],
  };
}
