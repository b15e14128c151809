import type * as pulumi from "@pulumi/pulumi";
import { planVault, type VaultArgs } from "../plan/platform/vault";
import { type ConfigSecrets, PlannedComponent } from "./planned-component";

/** The store of secrets, initialised and empty. What is inside it belongs to the `vault` stack. */
export class Vault extends PlannedComponent {
  constructor(args: VaultArgs & { readonly secrets: ConfigSecrets }, opts?: pulumi.ComponentResourceOptions) {
    super(planVault(args), { secrets: args.secrets }, opts);
    this.registerOutputs({});
  }
}
