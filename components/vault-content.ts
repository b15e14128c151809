import type * as pulumi from "@pulumi/pulumi";
import { planVaultContent, type VaultContentArgs } from "../plan/vault/vault-stack";
import { PlannedComponent } from "./planned-component";

/** What is inside an unsealed Vault. Its `vault` provider arrives through the options. */
export class VaultContent extends PlannedComponent {
  constructor(args: VaultContentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planVaultContent(args), {}, opts);
    this.registerOutputs({});
  }
}
