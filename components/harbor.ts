import type * as pulumi from "@pulumi/pulumi";
import { type HarborArgs, planHarbor } from "../plan/platform/harbor";
import { harborAdminPassword } from "../plan/platform/harbor-secrets";
import { PlannedComponent } from "./planned-component";

/** The registry that CI pushes to and every node pulls from. Depend on it before the first push. */
export class Harbor extends PlannedComponent {
  /** First part of every image reference. */
  readonly registry: string;
  /** First password of the user `admin`. Harbor ignores later changes; change it in Harbor itself. */
  readonly adminPassword: pulumi.Output<string>;

  constructor(args: HarborArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planHarbor(args), {}, opts);
    this.registry = args.host;
    this.adminPassword = this.password(harborAdminPassword);
    this.registerOutputs({ registry: this.registry, adminPassword: this.adminPassword });
  }
}
