import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IContainer } from "kubernetes-models/v1/Container";
import { type Build, severities } from "../../model/build";
import { images } from "../../model/images";
import { programs } from "../program-files";
import { applicationImage, type ApplicationScope } from "../projects/delivery/application-scope";
import { type BuildArguments, input, inputsOf } from "./build-inputs";
import {
  type BuildFacts,
  folders,
  imageOf,
  mountAt,
  retry,
  stepContainer,
  stepOutputs,
  stepPod,
  stepVolumes,
} from "./build-pod";
import { registryLogin } from "./registry-login";

/** Everything that is written but results: the databases (about 1 GiB, with Java's 2), reports, and layers of the image. */
const work = { volume: "work", folder: "/work", size: "8Gi" } as const;

/** Seconds. The database may take several attempts, and a large image some minutes. */
const deadline = 1800;

/**
 * Searches the pushed image for known vulnerabilities, by its digest. A database that cannot be fetched is tried again by the
 * program itself: trivy ends with the same code whatever goes wrong, and an image has the same vulnerabilities a minute later.
 */
export function scanTemplate(facts: BuildFacts): ITemplate {
  return {
    name: "scan",
    inputs: inputsOf("scan"),
    outputs: stepOutputs("findings"),
    retryStrategy: retry(),
    activeDeadlineSeconds: deadline,
    securityContext: stepPod(),
    container: scanContainer(facts),
    volumes: [
      ...stepVolumes,
      { name: "results", emptyDir: {} },
      { name: work.volume, emptyDir: { sizeLimit: work.size } },
      ...registryLogin(facts).volumes,
    ],
  };
}

function scanContainer(facts: BuildFacts): IContainer {
  const registry = registryLogin(facts);
  const container = stepContainer({
    image: imageOf(facts, images.trivy),
    program: ["sh", "-c", programs.scan],
    env: environment,
    mounts: [mountAt("results", folders.results), mountAt(work.volume, work.folder), ...registry.mounts],
    resources: {
      requests: { cpu: "200m", memory: "512Mi", "ephemeral-storage": "2Gi" },
      limits: { cpu: "2", memory: "2Gi", "ephemeral-storage": work.size },
    },
  });
  return { ...container, env: [...(container.env ?? []), ...registry.env] };
}

const environment = {
  IMAGE: input("image"),
  DIGEST: input("digest"),
  SCAN_MODE: input("mode"),
  SEVERITIES: input("severities"),
  PLATFORMS: input("platforms"),
  WORK: work.folder,
  RESULTS: folders.results,
  PAUSES: "10 30",
  MESSAGE_FILE: "/dev/termination-log",
  // Read by trivy itself.
  HOME: work.folder,
  TMPDIR: work.folder,
  TRIVY_CACHE_DIR: `${work.folder}/cache`,
  TRIVY_DISABLE_TELEMETRY: "true",
  TRIVY_SKIP_VERSION_CHECK: "true",
} as const;

/** What an application's template tells the step; undefined when nothing is looked for. */
export function scanArguments(scope: ApplicationScope, digest: string): BuildArguments<"scan"> | undefined {
  const { scan, platforms } = scope.application.build;
  if (scan.mode === "off") return undefined;
  return {
    image: applicationImage(scope),
    digest,
    mode: scan.mode,
    severities: countedSeverities(scan).join(","),
    platforms: platforms.join(","),
  };
}

/** The least severity that counts, and all that are worse. */
function countedSeverities({ severity }: Build["scan"]): readonly string[] {
  return severities.slice(severities.indexOf(severity));
}
