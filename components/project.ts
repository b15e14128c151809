import type * as pulumi from "@pulumi/pulumi";
import type { Project } from "../model/project";
import { planProject } from "../plan/projects/project";
import type { ProjectCluster } from "../plan/projects/project-cluster";
import { type GitHubProviders, PlannedComponent } from "./planned-component";

export interface ProjectComponentArgs {
  /** The checked content of one file of `projects/`. */
  readonly project: Project;
  readonly cluster: ProjectCluster;
  /** Providers of the owners of its repositories, and of the GitOps repository's. */
  readonly gitHub: GitHubProviders;
}

/** One project: its namespaces, repositories, secrets, databases, its part of the registry and its delivery. */
export class ProjectComponent extends PlannedComponent {
  constructor({ project, cluster, gitHub }: ProjectComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planProject(project, cluster).component, { gitHub }, opts);
    this.registerOutputs({});
  }
}
