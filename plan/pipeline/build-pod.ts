import type { IOutputs } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Outputs";
import type { IRetryStrategy } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/RetryStrategy";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IEnvVar } from "kubernetes-models/v1/EnvVar";
import type { IPodSecurityContext } from "kubernetes-models/v1/PodSecurityContext";
import type { ISecurityContext } from "kubernetes-models/v1/SecurityContext";
import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { type PinnedImage, images } from "../../model/images";
import { imageRepository } from "../cluster-facts";
import { restrictedContainer, restrictedPod } from "../container-security";
import { programs } from "../program-files";
import type { ProjectCluster } from "../projects/project-cluster";

/** What the templates need to know of the cluster. */
export type BuildFacts = Pick<ProjectCluster, "imageRegistry" | "labAuthority">;

/** User of every container that need not be another one. */
const buildUser = images.git.user;

/** Folders of each container, and the names of the volumes behind them. */
export const folders = {
  workspace: "/workspace",
  results: "/results",
  log: "/log",
  temporary: "/tmp",
} as const;

/** Bytes of its output that a step keeps: the log of a whole build stays below the megabyte that a Workflow may have. */
const keptLog = 32 * 1024;

const logFile = `${folders.log}/end`;

/** A pinned image, by way of the cluster's mirror. */
export function imageOf(facts: BuildFacts, { repository, tag }: PinnedImage): string {
  return `${imageRepository(facts, repository)}:${tag}`;
}

/** A container's environment, in the order of the fields. */
export function variables(values: Readonly<Record<string, string>>): IEnvVar[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** A volume that is empty at first and goes with the pod. */
export function emptyVolume(name: string): IVolume {
  return { name, emptyDir: {} };
}

/** Mounts a volume of this name, to be written to unless more is said. */
export function mountAt(name: string, mountPath: string): IVolumeMount {
  return { name, mountPath };
}

const noToken = "no-token";

/**
 * The executor beside each step needs the account's token, the step does not: Kubernetes gives a container none that mounts
 * something of its own in the token's place. The other way (`automountServiceAccountToken: false`) would need a Secret with
 * a token that never ends. Source: kubernetes plugin/pkg/admission/serviceaccount/admission.go
 */
export const withoutToken: IVolumeMount = {
  ...mountAt(noToken, "/var/run/secrets/kubernetes.io/serviceaccount"),
  readOnly: true,
};

/** Volumes of every pod. */
export const stepVolumes: readonly IVolume[] = [emptyVolume(noToken), emptyVolume("log"), emptyVolume("temporary")];

const stepMounts: readonly IVolumeMount[] = [
  withoutToken,
  mountAt("log", folders.log),
  mountAt("temporary", folders.temporary),
];

/** What a step runs, beside which everything is the same for all. */
export interface StepContainer {
  readonly image: string;
  /** The program with its arguments. */
  readonly program: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly IVolumeMount[];
  /** Absent: what the `restricted` level asks for, and a root folder that nobody writes to. */
  readonly security?: ISecurityContext;
  /** The shell of the image; absent: `sh`. */
  readonly shell?: string;
  /** Absent: a template's patch says what it takes. */
  readonly resources?: IContainer["resources"];
}

/** Container whose output stays with the Workflow: there is no store for logs, and a pod that is gone has none. */
export function stepContainer(step: StepContainer): IContainer {
  return {
    name: "main",
    image: step.image,
    command: [step.shell ?? "sh", "-c", programs.keepLog, "keep-log"],
    args: [...step.program],
    env: variables({ LOG: logFile, KEEP: String(keptLog), ...step.env }),
    ...(step.resources ? { resources: step.resources } : {}),
    securityContext: step.security ?? { ...restrictedContainer(), readOnlyRootFilesystem: true },
    volumeMounts: [...stepMounts, ...step.mounts],
  };
}

/** Security of a pod whose containers all run as one user. */
export function stepPod(): IPodSecurityContext {
  return { ...restrictedPod(buildUser) };
}

/**
 * Outputs of a step: its log and the files that it leaves in the folder of results. The executor saves them when the step
 * failed too, but stops at the first file that is missing: hence the defaults.
 */
export function stepOutputs(...results: readonly string[]): IOutputs {
  const files = [["log", logFile], ...results.map((name) => [name, `${folders.results}/${name}`])];
  return { parameters: files.map(([name = "", path = ""]) => ({ name, valueFrom: { path, default: "" } })) };
}

const hour = 3600;

/** How many seconds a Workflow stays that nobody looks for once it has succeeded; what went wrong stays for a day, with its log. */
export const shortLife = {
  secondsAfterSuccess: hour,
  secondsAfterFailure: 24 * hour,
  secondsAfterCompletion: 24 * hour,
} as const;

/**
 * Again only where the same again may work: the programs end with 75 (EX_TEMPFAIL) for trouble that passes, and a pod can
 * go with its node. A Dockerfile that is wrong stays wrong. Of an init container only the message tells the exit code.
 */
export function retry(): IRetryStrategy {
  const temporary = 75;
  return {
    limit: "2",
    retryPolicy: "Always",
    expression: [
      `lastRetry.exitCode == "${temporary}"`,
      `lastRetry.message startsWith "${checkoutName}: Error (exit code ${temporary})"`,
      `lastRetry.message == "pod deleted"`,
    ].join(" || "),
    backoff: { duration: "30s", factor: "2" },
  };
}

/** Name of the init container that gets the sources. */
export const checkoutName = "checkout";
