import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { type ConfigSecrets, PlannedComponent } from "../../../components/planned-component";
import type { ComponentPlan } from "../../../plan/planned-resource";
import { kubernetesProvider, randomProvider, vaultProvider } from "../../../stacks/providers";
import { currentContext } from "../../support/environment";
import { fullStackName, localEngine } from "../../support/local-engine";

class PlannedObjects extends PlannedComponent {
  constructor(plan: ComponentPlan, secrets: ConfigSecrets, opts: pulumi.ComponentResourceOptions) {
    super(plan, { secrets }, opts);
    this.registerOutputs({});
  }
}

/** The Vault of a plan that has something in one. */
export interface StackVault {
  readonly address: string;
  /** It may do what the plan asks for. */
  readonly token: string;
}

/** A stack of the engine with nothing but one component of passwords and objects, its state in a folder of the run. */
export class NodeStack {
  readonly #directory = mkdtempSync(join(tmpdir(), "idp-e2e-node-"));
  readonly #name: string;
  readonly #plan: () => ComponentPlan;
  readonly #secrets: ConfigSecrets;
  readonly #vault: StackVault | undefined;

  /** The plan is asked for at each run of the engine; `secrets` are values of config keys that it names. */
  constructor(name: string, plan: () => ComponentPlan, secrets: ConfigSecrets = {}, vault?: StackVault) {
    this.#name = name;
    this.#plan = plan;
    this.#secrets = secrets;
    this.#vault = vault;
  }

  async open(): Promise<Stack> {
    mkdirSync(join(this.#directory, "state"));
    const vault = this.#vault;
    const program = () => {
      const cluster = kubernetesProvider({ cluster: "node", context: currentContext() });
      const providers = [cluster, randomProvider(), ...(vault ? [vaultProvider(vault.address)] : [])];
      new PlannedObjects(this.#plan(), this.#secrets, { providers });
      return Promise.resolve();
    };
    return LocalWorkspace.createOrSelectStack(
      { stackName: fullStackName(this.#name), projectName: "idp", program },
      {
        workDir: this.#directory,
        envVars: { ...localEngine(this.#directory), ...(vault ? { VAULT_TOKEN: vault.token } : {}) },
      },
    );
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
