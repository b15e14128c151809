import * as pulumi from "@pulumi/pulumi";
import type { SecretReference } from "../model/secret-text";
import { namespaceOf } from "../plan/manifest";
import { namespaceMadeBy } from "../plan/namespace";
import type { ComponentPlan, PlannedResource } from "../plan/planned-resource";
import { type GeneratedSecret, registerCertificate, registerPassword, registerPrivateKey } from "./generated-secret";
import { registerHelmRelease } from "./helm-release";
import { registerManifest } from "./manifest";
import { registerVaultAudit, registerVaultMount } from "./vault-resources";

/** Values of the secret config keys that a component needs, by key. */
export type ConfigSecrets = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * Registers what a plan says and nothing else, so that the offline plan and the engine cannot disagree. Providers arrive
 * through the options.
 */
export abstract class PlannedComponent extends pulumi.ComponentResource {
  readonly #generated = new Map<string, GeneratedSecret>();
  readonly #registered = new Map<string, pulumi.Resource>();
  readonly #namespaces = new Map<string, pulumi.Resource>();
  readonly #configSecrets: ConfigSecrets;

  protected constructor(plan: ComponentPlan, configSecrets: ConfigSecrets, opts?: pulumi.ComponentResourceOptions) {
    super(plan.type, plan.name, {}, opts);
    this.#configSecrets = configSecrets;
    for (const resource of plan.resources) {
      const registered = this.#register(resource);
      this.#registered.set(resource.name, registered);
      const namespace = namespaceMadeBy(resource);
      if (namespace !== undefined) this.#namespaces.set(namespace, registered);
    }
  }

  /** A generated password of this component, as a secret. */
  protected password(name: string): pulumi.Output<string> {
    return pulumi.secret(this.#lookup({ name, form: "plain" }));
  }

  #register(resource: PlannedResource): pulumi.Resource {
    const opts = this.#options(resource);
    const lookup = (reference: SecretReference) => this.#lookup(reference);
    switch (resource.kind) {
      case "password":
        return this.#keep(resource.name, registerPassword(resource, opts));
      case "private-key":
        return this.#keep(resource.name, registerPrivateKey(resource, opts));
      case "certificate":
        return this.#keep(resource.name, registerCertificate(resource, lookup, opts));
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

  #keep(name: string, generated: GeneratedSecret): pulumi.Resource {
    this.#generated.set(name, generated);
    return generated.resource;
  }

  #options(resource: PlannedResource): pulumi.CustomResourceOptions {
    const planned = (resource.dependsOn ?? []).map((name) => {
      const found = this.#registered.get(name);
      if (!found) throw new Error(`${resource.name} depends on ${name}, which is not planned before it`);
      return found;
    });
    const dependsOn = [...this.#namespacesOf(resource), ...planned];
    return {
      parent: this,
      dependsOn,
      ...(resource.protect ? { protect: true } : {}),
      ...(resource.retain ? { retainOnDelete: true } : {}),
    };
  }

  /** The namespace that it lives in, when this component makes it: nothing can be made there before, nor outlive it. */
  #namespacesOf(resource: PlannedResource): readonly pulumi.Resource[] {
    const namespace = plannedNamespace(resource);
    const found = namespace === undefined ? undefined : this.#namespaces.get(namespace);
    return found ? [found] : [];
  }

  #lookup(reference: SecretReference): pulumi.Input<string> {
    const generated = this.#generated.get(reference.name)?.forms[reference.form];
    if (generated) return generated;
    const configured = reference.form === "plain" ? this.#configSecrets[reference.name] : undefined;
    if (configured === undefined) throw new Error(`no secret ${reference.name} of the form ${reference.form} is known`);
    return configured;
  }
}

function plannedNamespace(resource: PlannedResource): string | undefined {
  if (resource.kind === "release") return resource.namespace;
  return resource.kind === "manifest" ? namespaceOf(resource.manifest) : undefined;
}
