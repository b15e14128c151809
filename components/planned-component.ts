import * as pulumi from "@pulumi/pulumi";
import { ownerName } from "../model/repository-names";
import type { SecretReference } from "../model/secret-text";
import { namespaceOf } from "../plan/manifest";
import { namespaceMadeBy } from "../plan/namespace";
import type { PlannedPart } from "../plan/planned-base";
import { isGitHub, type PlannedGitHub } from "../plan/planned-github";
import type { ComponentPlan, PlannedResource } from "../plan/planned-resource";
import { isVault } from "../plan/planned-vault";
import { type GeneratedSecret, registerCertificate, registerPassword, registerPrivateKey } from "./generated-secret";
import { registerGitHub } from "./github-resources";
import { registerHelmRelease } from "./helm-release";
import { registerManifest } from "./manifest";
import { identityOfEngine, registerVault } from "./vault-resources";

/** Values of the secret config keys that a component needs, by key. */
export type ConfigSecrets = Readonly<Record<string, pulumi.Input<string>>>;

/** What a plan cannot hold: values and providers. */
export interface PlannedValues {
  readonly secrets?: ConfigSecrets;
  readonly gitHub?: GitHubProviders;
}

/** The provider of each owner on GitHub, by `ownerName`: a token or an App belongs to one owner. */
export type GitHubProviders = ReadonlyMap<string, pulumi.ProviderResource>;

/** A small component inside a component. */
class Part extends pulumi.ComponentResource {
  constructor({ type, name }: PlannedPart, opts: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.registerOutputs({});
  }
}

/**
 * Registers what a plan says and nothing else, so that the offline plan and the engine cannot disagree. Providers arrive
 * through the options, and hooks, which unlike those the engine does not hand on to children by itself.
 */
export abstract class PlannedComponent extends pulumi.ComponentResource {
  readonly #generated = new Map<string, GeneratedSecret>();
  readonly #registered = new Map<string, pulumi.Resource>();
  readonly #namespaces = new Map<string, pulumi.Resource>();
  readonly #parts = new Map<string, Part>();
  readonly #values: PlannedValues;
  readonly #hooks: pulumi.ResourceHookBinding | undefined;

  protected constructor(plan: ComponentPlan, values: PlannedValues, opts?: pulumi.ComponentResourceOptions) {
    super(plan.type, plan.name, {}, opts);
    this.#values = values;
    this.#hooks = opts?.hooks;
    for (const resource of plan.resources) {
      const registered = this.#register(resource);
      this.#registered.set(resource.name, registered);
      const namespace = namespaceMadeBy(resource);
      if (namespace !== undefined) this.#namespaces.set(namespace, registered);
    }
  }

  /** Known once everything of it is there; it fails with the first that does. */
  get made(): pulumi.Output<readonly string[]> {
    return pulumi.all([...this.#registered.values()].map(({ urn }) => urn));
  }

  /** A generated password of this component, as a secret. */
  protected password(name: string): pulumi.Output<string> {
    return pulumi.secret(this.#lookup({ name, form: "plain" }));
  }

  #register(resource: PlannedResource): pulumi.Resource {
    const opts = this.#options(resource);
    const lookup = (reference: SecretReference) => this.#lookup(reference);
    if (isGitHub(resource)) return registerGitHub(resource, lookup, { ...opts, ...this.#providerOf(resource) });
    if (isVault(resource)) return registerVault(resource, lookup, opts);
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
    }
  }

  #keep(name: string, generated: GeneratedSecret): pulumi.Resource {
    this.#generated.set(name, generated);
    return generated.resource;
  }

  #options(resource: PlannedResource): pulumi.CustomResourceOptions {
    const planned = (names: readonly string[] = []) => names.map((name) => this.#plannedBefore(resource, name));
    const dependsOn = [...this.#namespacesOf(resource), ...planned(resource.dependsOn)];
    return {
      parent: this.#parentOf(resource),
      dependsOn,
      ...this.#replacement(resource),
      ...(resource.protect ? { protect: true } : {}),
      ...(resource.retain ? { retainOnDelete: true } : {}),
      ...(this.#hooks ? { hooks: this.#hooks } : {}),
    };
  }

  /** It has a name of its own, so that the old one has to go before the new one comes. */
  #replacement(resource: PlannedResource): pulumi.CustomResourceOptions {
    const { replaceWith = [], anewWith } = resource;
    if (replaceWith.length === 0 && anewWith === undefined) return {};
    return {
      deleteBeforeReplace: true,
      ...(replaceWith.length > 0
        ? { replaceWith: replaceWith.map((name) => this.#plannedBefore(resource, name)) }
        : {}),
      ...(anewWith === undefined
        ? {}
        : { replacementTrigger: identityOfEngine(this.#plannedBefore(resource, anewWith)) }),
    };
  }

  #plannedBefore(resource: PlannedResource, name: string): pulumi.Resource {
    const found = this.#registered.get(name);
    if (!found) throw new Error(`${resource.name} depends on ${name}, which is not planned before it`);
    return found;
  }

  #parentOf({ part }: PlannedResource): pulumi.Resource {
    if (!part) return this;
    const made = this.#parts.get(part.name) ?? new Part(part, { parent: this });
    this.#parts.set(part.name, made);
    return made;
  }

  #providerOf({ name, owner }: PlannedGitHub): pulumi.CustomResourceOptions {
    const provider = this.#values.gitHub?.get(ownerName(owner));
    if (!provider) throw new Error(`${name} needs a provider for ${owner} on GitHub`);
    return { provider };
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
    const configured = reference.form === "plain" ? this.#values.secrets?.[reference.name] : undefined;
    if (configured === undefined) throw new Error(`no secret ${reference.name} of the form ${reference.form} is known`);
    return configured;
  }
}

function plannedNamespace(resource: PlannedResource): string | undefined {
  if (resource.kind === "release") return resource.namespace;
  return resource.kind === "manifest" ? namespaceOf(resource.manifest) : undefined;
}
