import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import { webhookKeysSecretName } from "../../model/repository-names";
import { programs } from "../program-files";
import { input, inputsOf } from "./build-inputs";
import {
  type BuildFacts,
  imageOf,
  mountAt,
  retry,
  stepContainer,
  stepOutputs,
  stepPod,
  stepVolumes,
} from "./build-pod";

const webhookSecret = { volume: "webhook-secret", folder: "/webhook-secret", file: "key" };

/** Seconds. A build never waits long for what it says of itself. */
const deadline = 180;

/** Tells the event source how the build stands, signed with the key of the repository's webhook. */
export function reportTemplate(facts: BuildFacts): ITemplate {
  return {
    name: "report",
    inputs: inputsOf("report"),
    outputs: stepOutputs(),
    retryStrategy: retry(),
    activeDeadlineSeconds: String(deadline),
    securityContext: stepPod(),
    container: stepContainer({
      image: imageOf(facts, images.node),
      program: ["node", "--input-type=module", "--eval", programs.report],
      env: environment,
      mounts: [{ ...mountAt(webhookSecret.volume, webhookSecret.folder), readOnly: true }],
      resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    }),
    volumes: [...stepVolumes, secretVolume],
  };
}

const environment = {
  ENDPOINT: input("endpoint"),
  SECRET_FILE: `${webhookSecret.folder}/${webhookSecret.file}`,
  APPLICATION: input("application"),
  COMMIT: input("commit"),
  STATE: input("state"),
  DIGEST: input("digest"),
  PUSHED: input("pushed"),
  WORKFLOW: "{{workflow.name}}",
} as const;

/** That of one repository, and no other of the project's. */
const secretVolume: IVolume = {
  name: webhookSecret.volume,
  secret: {
    secretName: webhookKeysSecretName,
    items: [{ key: input("repository-key"), path: webhookSecret.file }],
    defaultMode: 0o440,
  },
};
