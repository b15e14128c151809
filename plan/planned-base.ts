/** What every planned resource says about itself. */
export interface PlannedBase {
  /** Pulumi's logical name. Frozen once released: a change needs an alias. */
  readonly name: string;
  /** The part of its component that it belongs to; absent: the component itself. Frozen, since it is part of the URN. */
  readonly part?: PlannedPart;
  /** Logical names of resources of the same component that must exist first. */
  readonly dependsOn?: readonly string[];
  /** Logical names of resources planned before it: it is deleted and made anew whenever one of them is replaced. */
  readonly replaceWith?: readonly string[];
  /**
   * Logical name of an engine of Vault, planned before it: it is deleted and made anew whenever that one is not the same
   * as before, be it replaced or made again in another Vault.
   */
  readonly anewWith?: string;
  /** `pulumi up` and `pulumi destroy` refuse to delete it until a person unprotects it. */
  readonly protect?: boolean;
  /** It stays in the cluster when it leaves the plan or the stack is destroyed. */
  readonly retain?: boolean;
  /** The volumes that are lost with it. */
  readonly volumes?: readonly PlannedVolume[];
}

/** Data on a disk. Its removal, replacement or shrinking is what a plan marks as data loss. */
export interface PlannedVolume {
  /** What a person calls it, such as `images` or the claim's name. */
  readonly name: string;
  /** Kubernetes quantity, such as `5Gi`. */
  readonly size: string;
  /** What wrote the data, such as `postgres 17`: other software, or an older one, cannot read it. Absent when it does not matter. */
  readonly format?: string;
  /** Newer software of any major version reads it without being told to. */
  readonly upgradesItself?: boolean;
  /** What is on it can be fetched again: losing it costs time and no data. */
  readonly isCache?: boolean;
}

/** A small component inside a component, such as the databases of a project. */
export interface PlannedPart {
  /** Pulumi's type token, such as `idp:projects:Databases`. */
  readonly type: string;
  /** Pulumi's logical name, such as `shop.databases`. */
  readonly name: string;
}

/** The same resources as a part of their component. */
export function inPart<T extends PlannedBase>(part: PlannedPart, resources: readonly T[]): readonly T[] {
  return resources.map((resource) => ({ ...resource, part }));
}
