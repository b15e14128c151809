import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import { images } from "../../model/images";
import { programs } from "../program-files";
import { input, inputsOf } from "./build-inputs";
import {
  type BuildFacts,
  emptyVolume,
  folders,
  imageOf,
  mountAt,
  retry,
  stepContainer,
  stepOutputs,
  stepPod,
  stepVolumes,
} from "./build-pod";
import { sourceEnvironment, sourceMounts, sourceVolumes } from "./build-source";

/** Seconds; git has tries of its own meanwhile. */
const deadline = 600;

/** The first step of every build: nothing else runs before the commit has the form of one and is on the branch. */
export function checkTemplate(facts: BuildFacts): ITemplate {
  return {
    name: "check",
    inputs: inputsOf("check"),
    outputs: stepOutputs("decision", "pushed"),
    retryStrategy: retry(),
    activeDeadlineSeconds: String(deadline),
    securityContext: stepPod(),
    container: stepContainer({
      image: imageOf(facts, images.git),
      program: ["sh", "-c", programs.check],
      env: { ...sourceEnvironment, PUSHED: input("pushed"), PATHS: input("paths"), RESULTS: folders.results },
      mounts: [...sourceMounts, mountAt("results", folders.results)],
      resources: {
        requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "128Mi" },
        limits: { memory: "512Mi", "ephemeral-storage": "2Gi" },
      },
    }),
    volumes: [...stepVolumes, ...sourceVolumes, emptyVolume("results")],
  };
}
