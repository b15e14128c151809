import type * as pulumi from "@pulumi/pulumi";
import { planVault, type VaultArgs } from "../plan/platform/vault";
import { PlannedComponent } from "./planned-component";

/** The store of secrets, sealed and empty. What is inside it belongs to the `vault` stack, once it is unsealed. */
export class Vault extends PlannedComponent {
  constructor(args: VaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planVault(args), {}, opts);
    this.registerOutputs({});
  }
}
