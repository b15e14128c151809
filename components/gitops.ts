import type * as pulumi from "@pulumi/pulumi";
import { type GitOpsArgs, planGitOps } from "../plan/gitops/gitops";
import { type GitHubProviders, PlannedComponent } from "./planned-component";

/** The repository that says what runs in the cluster. Depend on it before any file in it. */
export class GitOps extends PlannedComponent {
  constructor(args: GitOpsArgs & { readonly gitHub: GitHubProviders }, opts?: pulumi.ComponentResourceOptions) {
    super(planGitOps(args), { gitHub: args.gitHub }, opts);
    this.registerOutputs({});
  }
}
