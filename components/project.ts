import type * as pulumi from "@pulumi/pulumi";
import type { ProjectPlan } from "../plan/projects/project-plan";
import { type GitHubProviders, PlannedComponent } from "./planned-component";

export interface ProjectComponentArgs {
  /** What the checked content of one file of `projects/` becomes. */
  readonly plan: ProjectPlan;
  /** Providers of the owners of its repositories, and of the GitOps repository's. */
  readonly gitHub: GitHubProviders;
}

/** One project: its namespaces, repositories, secrets, databases, its part of the registry and its delivery. */
export class ProjectComponent extends PlannedComponent {
  constructor({ plan, gitHub }: ProjectComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(plan.component, { gitHub }, opts);
    this.registerOutputs({});
  }
}
