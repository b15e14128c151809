import type * as pulumi from "@pulumi/pulumi";
import { type ArgoCdArgs, planArgoCd } from "../plan/platform/argo-cd";
import { argoCdPasswords } from "../plan/platform/argo-cd-values";
import { type ConfigSecrets, PlannedComponent } from "./planned-component";

/** Keeps the cluster equal to git. Depend on it before any Application, ApplicationSet or AppProject. */
export class ArgoCd extends PlannedComponent {
  /** Of the user `admin`. */
  readonly adminPassword: pulumi.Output<string>;
  /** HMAC key of the webhooks that call `/api/webhook`. */
  readonly webhookSecret: pulumi.Output<string>;

  constructor(args: ArgoCdArgs & { readonly secrets: ConfigSecrets }, opts?: pulumi.ComponentResourceOptions) {
    super(planArgoCd(args), { secrets: args.secrets }, opts);
    this.adminPassword = this.password(argoCdPasswords.admin);
    this.webhookSecret = this.password(argoCdPasswords.webhook);
    this.registerOutputs({ adminPassword: this.adminPassword, webhookSecret: this.webhookSecret });
  }
}
