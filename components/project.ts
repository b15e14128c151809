import type * as pulumi from "@pulumi/pulumi";
import type { Project } from "../model/project";
import { planProject, type ProjectCluster } from "../plan/projects/project";
import { PlannedComponent } from "./planned-component";

export interface ProjectComponentArgs {
  /** The checked content of one file of `projects/`. */
  readonly project: Project;
  readonly cluster: ProjectCluster;
}

/** One project: its namespace, what may be reached in it, and its databases with their passwords. */
export class ProjectComponent extends PlannedComponent {
  constructor({ project, cluster }: ProjectComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planProject(project, cluster).component, {}, opts);
    this.registerOutputs({});
  }
}
