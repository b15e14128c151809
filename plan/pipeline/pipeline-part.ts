import type { Workload } from "../../model/workload";
import type { PlannedResource } from "../planned-resource";

/** A part of the pipeline: what it makes, and what a person should know about it. */
export interface PipelinePart {
  readonly resources: readonly PlannedResource[];
  /** Pods that run all the time. */
  readonly workloads?: readonly Workload[];
  /** One sentence each: what it is, and what to do about it. */
  readonly warnings: readonly string[];
}
