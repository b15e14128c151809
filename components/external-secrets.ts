import type * as pulumi from "@pulumi/pulumi";
import { type ExternalSecretsArgs, planExternalSecrets } from "../plan/platform/external-secrets";
import { PlannedComponent } from "./planned-component";

/** Copies secrets out of Vault. Depend on it before any SecretStore or ExternalSecret. */
export class ExternalSecrets extends PlannedComponent {
  constructor(args: ExternalSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planExternalSecrets(args), {}, opts);
    this.registerOutputs({});
  }
}
