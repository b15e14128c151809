import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretReference } from "../model/secret-text";
import type { ComponentPlan, PlannedResource } from "../plan/planned-resource";
import { registerHelmRelease } from "./helm-release";
import { registerManifest } from "./manifest";
import { registerVaultAudit, registerVaultMount } from "./vault-content";

/** Values of the secret config keys that a component needs, by key. */
export type ConfigSecrets = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * Registers what a plan says and nothing else, so that the offline plan and the engine cannot disagree. Providers arrive
 * through the options.
 */
export abstract class PlannedComponent extends pulumi.ComponentResource {
  readonly #passwords = new Map<string, random.RandomPassword>();
  readonly #registered = new Map<string, pulumi.Resource>();
  readonly #configSecrets: ConfigSecrets;

  protected constructor(plan: ComponentPlan, configSecrets: ConfigSecrets, opts?: pulumi.ComponentResourceOptions) {
    super(plan.type, plan.name, {}, opts);
    this.#configSecrets = configSecrets;
    for (const resource of plan.resources) this.#registered.set(resource.name, this.#register(resource));
  }

  /** A generated password of this component, as a secret. */
  protected password(name: string): pulumi.Output<string> {
    return pulumi.secret(this.#lookup({ name, form: "plain" }));
  }

  #register(resource: PlannedResource): pulumi.Resource {
    const opts = this.#options(resource);
    const lookup = (reference: SecretReference) => this.#lookup(reference);
    switch (resource.kind) {
      case "password": {
        const password = new random.RandomPassword(resource.name, { length: resource.length, special: false }, opts);
        this.#passwords.set(resource.name, password);
        return password;
      }
      case "manifest":
        return registerManifest(resource, lookup, opts);
      case "release":
        return registerHelmRelease(resource, lookup, opts);
      case "vault-audit":
        return registerVaultAudit(resource, opts);
      case "vault-mount":
        return registerVaultMount(resource, opts);
    }
  }

  #options(resource: PlannedResource): pulumi.CustomResourceOptions {
    const dependsOn = (resource.dependsOn ?? []).map((name) => {
      const found = this.#registered.get(name);
      if (!found) throw new Error(`${resource.name} depends on ${name}, which is not planned before it`);
      return found;
    });
    return {
      parent: this,
      dependsOn,
      ...(resource.protect ? { protect: true } : {}),
      ...(resource.retain ? { retainOnDelete: true } : {}),
    };
  }

  #lookup(reference: SecretReference): pulumi.Input<string> {
    const password = this.#passwords.get(reference.name);
    if (password) return reference.form === "bcrypt" ? password.bcryptHash : password.result;
    const configured = this.#configSecrets[reference.name];
    if (configured === undefined) throw new Error(`no secret of the name ${reference.name} is known here`);
    return configured;
  }
}
