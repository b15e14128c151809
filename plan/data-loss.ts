import { quantity } from "../model/quantity";
import type { FieldChange } from "./field-changes";
import { keyCountWarnings } from "./key-count-change";
import { namespaceOf } from "./manifest";
import { namespaceMadeBy } from "./namespace";
import type { PlannedResource, PlannedVolume } from "./planned-resource";
import type { PlannedVaultMount } from "./planned-vault";
import { resourceName } from "./resource-label";
import type { ClusterPlan } from "./stack-plan";
import { isOlder } from "../model/version-order";
import { volumeChangeReasons } from "./volume-change";

/** Why a change destroys data, and what a person should know though it does not. Sentences without a full stop. */
export interface Verdict {
  readonly dataLoss: readonly string[];
  readonly warnings: readonly string[];
}

/** What lies on disks in each namespace, such as `data of shop/mysql (5Gi)`. */
export type HeldVolumes = ReadonlyMap<string, readonly string[]>;

export function heldVolumes({ stacks }: ClusterPlan): HeldVolumes {
  const held = new Map<string, readonly string[]>();
  for (const resource of stacks.flatMap(({ components }) => components).flatMap(({ resources }) => resources)) {
    const namespace = homeOf(resource);
    const volumes = dataVolumes(resource).map(({ name, size }) => `${name} of ${resourceName(resource)} (${size})`);
    if (namespace !== undefined) held.set(namespace, [...(held.get(namespace) ?? []), ...volumes]);
  }
  return held;
}

/** The volumes whose content nobody can fetch again. */
function dataVolumes({ volumes }: PlannedResource): readonly PlannedVolume[] {
  return (volumes ?? []).filter(({ isCache }) => !isCache);
}

/** What a verdict depends on beside the resource itself. */
export interface Losses {
  readonly held: HeldVolumes;
  /** What is to be said of data in the resource that only a person can let go; empty: it has none, or none is lost. */
  readonly kept: readonly string[];
}

/** The resource leaves the plan. What was asked for when it was made decides, not what the new plan would ask. */
export function judgeRemoval(resource: PlannedResource, { held, kept }: Losses): Verdict {
  const volumes = dataVolumes(resource)
    .map(({ name, size }) => `${name} (${size})`)
    .join(", ");
  if (resource.retain) {
    const stays = `the volume ${volumes} stays in the cluster and the platform forgets it: back it up, then remove it by hand`;
    return { dataLoss: kept, warnings: [...(volumes === "" ? [] : [stays]), ...keyStays(resource)] };
  }
  const secrets = resource.kind === "vault-mount" ? [mountContent(resource)] : [];
  // Data that only a person can let go are refused long before their protection is.
  const refusal =
    resource.protect && kept.length === 0
      ? "; it is protected, so `pulumi up` refuses until a person unprotects it"
      : "";
  const own =
    volumes === ""
      ? []
      : [
          `nothing serves the data on the volume ${volumes} any more; what is left has to be recovered by hand${refusal}`,
        ];
  return { dataLoss: [...own, ...secrets, ...namespaceLoss(resource, held), ...kept], warnings: [] };
}

function keyStays(resource: PlannedResource): readonly string[] {
  if (resource.kind !== "vault-signing-key") return [];
  return [
    `the key ${resource.key} stays in Vault, so that what it has signed can still be verified; it signs again once an ` +
      "application of the project has `sign: true`",
  ];
}

/** The resource stays in the plan and is not what it was. */
export function judgeChange(
  before: PlannedResource,
  after: PlannedResource,
  { fields, held, kept }: Losses & { readonly fields: readonly FieldChange[] },
): Verdict {
  const volumes = dataVolumes(before);
  const replaced = volumes.length > 0 ? replacement(before, after) : [];
  const moved = homeOf(before) !== homeOf(after) ? namespaceLoss(before, held) : [];
  const storage = volumes.length > 0 ? fields.filter(isStorageClass).map(storageClassReason) : [];
  const lost = volumes.flatMap((volume) => volumeReasons(volume, (after.volumes ?? []).find(sameName(volume))));
  const warnings = volumes.flatMap((volume) => growthWarnings(volume, (after.volumes ?? []).find(sameName(volume))));
  const other = [...mountLoss(before, after), ...olderChart(before, after)];
  return {
    dataLoss: [...replaced, ...moved, ...other, ...storage, ...lost, ...kept],
    warnings: [...warnings, ...rotationBack(before, after), ...keyCountWarnings(before, after)],
  };
}

/** The Secret of the number before may be there still, with old values, and pods that read it would not start anew. */
function rotationBack(before: PlannedResource, after: PlannedResource): readonly string[] {
  if (before.kind !== "password" || after.kind !== "password") return [];
  const { rotation: old = 0 } = before;
  const { rotation: now = 0 } = after;
  if (now >= old) return [];
  return [
    `\`rotation\` goes back from ${old} to ${now}, by which pods may keep old values; use ${old + 1} for new ones`,
  ];
}

/** No data is lost, but neither Kubernetes nor the protection of the server lets `pulumi up` do it. */
function growthWarnings(before: PlannedVolume, after: PlannedVolume | undefined): readonly string[] {
  if (!after || quantity(after.size) <= quantity(before.size)) return [];
  return [
    `the volume ${before.name} grows from ${before.size} to ${after.size}, which needs a hand: docs/runbook.md says how; ` +
      "never unprotect the server for it",
  ];
}

/** Namespace of an object or a release; of a namespace itself, its own name. */
function homeOf(resource: PlannedResource): string | undefined {
  if (resource.kind === "release") return resource.namespace;
  if (resource.kind !== "manifest") return undefined;
  return namespaceMadeBy(resource) ?? namespaceOf(resource.manifest);
}

function namespaceLoss(resource: PlannedResource, held: HeldVolumes): readonly string[] {
  const namespace = namespaceMadeBy(resource);
  if (namespace === undefined || resource.retain) return [];
  const inside = held.get(namespace) ?? [];
  return inside.length === 0 ? [] : [`the namespace is deleted with everything in it: ${inside.join(", ")}`];
}

/** Of a release with volumes. */
function olderChart(before: PlannedResource, after: PlannedResource): readonly string[] {
  if (before.kind !== "release" || after.kind !== "release" || dataVolumes(before).length === 0) return [];
  // Versions of two charts have nothing to do with each other.
  if (before.chart !== after.chart) return [];
  const [old, now] = [before.source, after.source];
  if (!("version" in old) || !("version" in now) || !isOlder(now.version, old.version)) return [];
  return [
    `the chart ${before.chart} goes back from ${old.version} to ${now.version}, whose software may not read the volumes`,
  ];
}

function mountLoss(before: PlannedResource, after: PlannedResource): readonly string[] {
  if (before.kind !== "vault-mount" || after.kind !== "vault-mount" || before.path === after.path) return [];
  return [`${mountContent(before)}; the mount at ${after.path} starts empty`];
}

function mountContent({ engine, path }: PlannedVaultMount): string {
  const all = engine === "kv" ? "secret" : "signing key";
  return `every ${all} below ${path} in Vault is deleted`;
}

/** What makes the engine delete the object and create another. */
function replacement(before: PlannedResource, after: PlannedResource): readonly string[] {
  const [old, now] = [identity(before), identity(after)];
  return old === now ? [] : [`${old} makes way for ${now}, which starts empty`];
}

/** Without the version of the API, which can change while the object stays. */
function identity(resource: PlannedResource): string {
  const name = resourceName(resource);
  if (resource.kind === "release") return `release ${resource.namespace}/${name} of the chart ${resource.chart}`;
  if (resource.kind !== "manifest") return `${resource.kind} ${name}`;
  const group = resource.manifest.apiVersion.split("/").slice(0, -1).join("/");
  return `${group === "" ? "" : `${group}/`}${resource.manifest.kind} ${name}`;
}

function isStorageClass({ path, before, after }: FieldChange): boolean {
  return /(^|\.)storageClass(Name)?$/.test(path) && before !== undefined && after !== undefined;
}

function storageClassReason({ path }: FieldChange): string {
  return `${path} changes: a volume cannot move to another class, so it is made again, empty`;
}

function sameName(volume: PlannedVolume) {
  return ({ name }: PlannedVolume) => name === volume.name;
}

function volumeReasons(before: PlannedVolume, after: PlannedVolume | undefined): readonly string[] {
  return after === undefined
    ? [`the volume ${before.name} (${before.size}) is deleted`]
    : volumeChangeReasons(before, after);
}
