import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { ReleaseMode } from "../../model/build";
import type { PlannedResource } from "../planned-resource";
import type { PipelineArgs } from "./pipeline";
import { planCommitRelease } from "./release-commit";
import { planDispatchRelease } from "./release-dispatch";
import { planImageUpdaterRelease } from "./release-image-updater";
import { planRestartRelease } from "./release-restart";

/** One way in which a new image gets to run, as a template of the Workflow that a report makes. */
export interface ReleaseWay {
  /** Without a name: it gets that of the mode. Its outputs are `releaseOutputs`; it reads `releaseParameter`s. */
  readonly template: Omit<ITemplate, "name">;
  /** Templates that it calls. */
  readonly parts?: readonly ITemplate[];
  /** What it needs beside it in the cluster. */
  readonly resources?: readonly PlannedResource[];
}

/** Every way, by what the project file calls it. */
export const releaseWays: Readonly<Record<ReleaseMode, (args: PipelineArgs) => ReleaseWay>> = {
  commit: planCommitRelease,
  dispatch: planDispatchRelease,
  "image-updater": planImageUpdaterRelease,
  restart: planRestartRelease,
};
