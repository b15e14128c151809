import type * as pulumi from "@pulumi/pulumi";
import { type ArgoWorkflowsArgs, planArgoWorkflows } from "../plan/platform/argo-workflows";
import { PlannedComponent } from "./planned-component";

/** Runs workflows in the projects' build namespaces. Depend on it before any Workflow or WorkflowTemplate. */
export class ArgoWorkflows extends PlannedComponent {
  constructor(args: ArgoWorkflowsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planArgoWorkflows(args), {}, opts);
    this.registerOutputs({});
  }
}
