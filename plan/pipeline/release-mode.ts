import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { ReleaseMode } from "../../model/build";
import type { PlannedResource } from "../planned-resource";
import type { PipelineArgs } from "./pipeline";
import { planCommitRelease } from "./release-commit";
import { planDispatchRelease } from "./release-dispatch";
import { planImageUpdaterRelease } from "./release-image-updater";
import { planRestartRelease } from "./release-restart";

/** What a release mode does with a new image, as a template of the Workflow that a report makes. */
export interface ReleaseModePlan {
  /** Without a name: it gets that of the mode. Its outputs are `releaseOutputs`; it reads `releaseParameter`s. */
  readonly template: Omit<ITemplate, "name">;
  /** Templates that it calls. */
  readonly parts?: readonly ITemplate[];
  /** What it needs beside it in the cluster. */
  readonly resources?: readonly PlannedResource[];
}

/** That of every mode. */
export const releaseModePlans: Readonly<Record<ReleaseMode, (args: PipelineArgs) => ReleaseModePlan>> = {
  commit: planCommitRelease,
  dispatch: planDispatchRelease,
  "image-updater": planImageUpdaterRelease,
  restart: planRestartRelease,
};
