import type * as pulumi from "@pulumi/pulumi";
import type { PlatformSecretOutput } from "../model/platform-outputs";
import { planVaultContent, type VaultContentArgs } from "../plan/vault/vault-content";
import { PlannedComponent } from "./planned-component";

export interface VaultContentComponentArgs extends VaultContentArgs {
  /** What the platform stack generated. */
  readonly secrets: Readonly<Record<PlatformSecretOutput, pulumi.Input<string>>>;
}

/** What is inside an unsealed Vault, and the end of its bootstrap token. Its providers arrive through the options. */
export class VaultContent extends PlannedComponent {
  constructor({ secrets, ...args }: VaultContentComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super(planVaultContent(args), { secrets }, opts);
    this.registerOutputs({});
  }
}
