import type * as pulumi from "@pulumi/pulumi";
import { type CertManagerArgs, planCertManager } from "../plan/platform/cert-manager";
import { type ConfigSecrets, PlannedComponent } from "./planned-component";

/** Makes the certificates of all hosts. Depend on it before any Certificate. */
export class CertManager extends PlannedComponent {
  constructor(
    args: CertManagerArgs & {
      /** Values of secret config keys; only `acmeDnsToken` is read. */
      readonly secrets: ConfigSecrets;
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(planCertManager(args), { secrets: args.secrets }, opts);
    this.registerOutputs({});
  }
}
