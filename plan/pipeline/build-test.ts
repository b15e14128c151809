import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import { restrictedContainer } from "../container-security";
import { amountsPatch } from "./build-amounts";
import { input, inputsOf } from "./build-inputs";
import { type BuildFacts, folders, stepContainer, stepOutputs, stepPod, stepVolumes } from "./build-pod";
import { checkout, checkoutVolumes, workspaceMount } from "./build-source";

/** A command of the project in an image of its choice: it has the sources, and no secret at all. It runs once. */
export function testTemplate(facts: BuildFacts): ITemplate {
  const container = stepContainer({
    image: input("image"),
    program: ["sh", "-c", 'exec sh -c "$COMMAND"'],
    env: { COMMAND: input("command"), HOME: folders.temporary, CI: "true" },
    mounts: [workspaceMount],
    // An image of somebody else may write anywhere in itself, as far as its files let the user do so.
    security: { ...restrictedContainer() },
  });
  return {
    name: "test",
    inputs: inputsOf("test"),
    outputs: stepOutputs(),
    activeDeadlineSeconds: input("seconds"),
    securityContext: stepPod(),
    podSpecPatch: amountsPatch(),
    initContainers: [checkout(facts)],
    container: { ...container, workingDir: folders.workspace },
    volumes: [...stepVolumes, ...checkoutVolumes],
  };
}
