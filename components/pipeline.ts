import type * as pulumi from "@pulumi/pulumi";
import type { ComponentPlan } from "../plan/planned-resource";
import { type ConfigSecrets, PlannedComponent } from "./planned-component";

export interface PipelineComponentArgs {
  /** Planned before anything is made: what does not fit into the cluster is refused there. */
  readonly plan: ComponentPlan;
  /** Values of what `presentSecrets` says is set, by the names that the plan has for them. */
  readonly secrets: ConfigSecrets;
}

/** What leads from a push to a release and is there once, whatever the number of projects. */
export class Pipeline extends PlannedComponent {
  constructor({ plan, secrets }: PipelineComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(plan, { secrets }, opts);
    this.registerOutputs({});
  }
}
