import type { Problem } from "../../model/input-error";
import type { Workload } from "../../model/workload";
import type { PartPlan } from "../projects/project-part";

/** A part of the pipeline, which is there once for all projects. */
export interface PipelinePart extends PartPlan {
  /** Pods that run all the time; absent: none. */
  readonly workloads?: readonly Workload[];
  /** Why it cannot be made, though it is planned; absent: it can. */
  readonly problems?: readonly Problem[];
}
