import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { programs } from "../program-files";
import { amountsPatch } from "./build-amounts";
import { buildKitSecurity, kanikoSecurity } from "./build-image-security";
import { type BuildTemplate, input, inputsOf } from "./build-inputs";
import {
  type BuildFacts,
  emptyVolume,
  folders,
  mountAt,
  retry,
  stepContainer,
  stepOutputs,
  stepPod,
  stepVolumes,
} from "./build-pod";
import { checkout, checkoutVolumes, workspaceMount } from "./build-source";
import { registryLogin } from "./registry-login";

const secrets = { volume: "build-secrets", folder: "/build-secrets" } as const;

/** BuildKit without root, with the secrets of the application's builds. */
export function buildKitTemplate(facts: BuildFacts): ITemplate {
  const container = imageContainer(facts, {
    shell: "sh",
    program: programs.buildImage,
    env: {
      SECRETS: secrets.folder,
      // Kubernetes masks parts of /proc, so that no process of a build can have one of its own.
      BUILDKITD_FLAGS: "--oci-worker-no-process-sandbox",
    },
    mounts: [
      { ...mountAt(secrets.volume, secrets.folder), readOnly: true },
      mountAt("buildkit", "/home/user/.local/share/buildkit"),
    ],
    security: buildKitSecurity,
  });
  return {
    ...imageTemplate(facts, "buildkit", container, [secretsVolume, emptyVolume("buildkit")]),
    podSpecPatch: amountsPatch(optionalSecrets),
  };
}

/** Kaniko, which knows no secrets of builds. Its image has a shell of its own in a place of its own. */
export function kanikoTemplate(facts: BuildFacts): ITemplate {
  const shell = "/busybox/sh";
  const program = programs.buildImageKaniko;
  const container = imageContainer(facts, {
    ...{ shell, program, env: { SECRETS: "" }, mounts: [], security: kanikoSecurity },
  });
  return imageTemplate(facts, "kaniko", container, []);
}

type ImageStep = Required<Pick<Parameters<typeof stepContainer>[0], "env" | "mounts" | "security" | "shell">> & {
  readonly program: string;
};

/** Sources and robot account, in the one container that makes and pushes the image. */
function imageContainer(facts: BuildFacts, { shell, program, env, mounts, security }: ImageStep): IContainer {
  const registry = registryLogin(facts);
  const container = stepContainer({
    image: input("builder"),
    shell,
    program: [shell, "-c", program],
    env: { ...imageEnvironment, ...env },
    mounts: [...registry.mounts, workspaceMount, mountAt("results", folders.results), ...mounts],
    security,
  });
  return { ...container, env: [...(container.env ?? []), ...registry.env] };
}

function imageTemplate(
  facts: BuildFacts,
  name: Extract<BuildTemplate, "buildkit" | "kaniko">,
  ...[container, volumes]: readonly [IContainer, readonly IVolume[]]
): ITemplate {
  return {
    name,
    inputs: inputsOf(name),
    outputs: stepOutputs("digest"),
    retryStrategy: retry(),
    activeDeadlineSeconds: input("seconds"),
    securityContext: stepPod(),
    podSpecPatch: amountsPatch(),
    initContainers: [checkout(facts)],
    container,
    volumes: [...stepVolumes, ...checkoutVolumes, ...registryLogin(facts).volumes, emptyVolume("results"), ...volumes],
  };
}

const imageEnvironment = {
  WORKSPACE: folders.workspace,
  CONTEXT: input("context"),
  DOCKERFILE: input("dockerfile"),
  TARGET: input("target"),
  BUILD_ARGUMENTS: input("arguments"),
  PLATFORMS: input("platforms"),
  IMAGE: input("image"),
  TAG: input("tag"),
  MOVING_TAG: input("moving-tag"),
  CACHE: input("cache"),
  SOURCE: input("source"),
  RESULTS: folders.results,
} as const;

const secretsVolume: IVolume = {
  name: secrets.volume,
  secret: { secretName: input("secrets"), defaultMode: 0o440 },
};

/** An application without build secrets has no Secret, and an empty folder; any other waits until Vault has filled it. */
const optionalSecrets = { volume: secrets.volume, optional: input("secrets-optional") };
