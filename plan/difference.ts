import { toJson, toJsonObject } from "../model/json";
import { withSecretMarks } from "../model/secret-text";
import { heldVolumes, type HeldVolumes, judgeChange, judgeRemoval, type Verdict } from "./data-loss";
import { type FieldChange, fieldChanges } from "./field-changes";
import { contentChanges } from "./file-changes";
import { type KeptMark, keptMarks, keptReasons } from "./kept-marks";
import type { ComponentPlan, PlannedResource } from "./planned-resource";
import type { ProjectPlan } from "./projects/project-plan";
import { withReadableArguments } from "./projects/builds/argument-lines";
import { resourceName, resourceType } from "./resource-label";
import type { ClusterPlan, StackPlan } from "./stack-plan";

/** One thing that is in only one of two plans, or not the same in both. */
export interface Change extends Verdict {
  readonly stack: string;
  /** Name of the component or the project; absent when the cluster or a stack as a whole is meant. */
  readonly component?: string;
  /** `cluster`, `stack`, `component`, `project`, `application`, `database`, or a resource's type such as `apps/v1/StatefulSet` or `release`. */
  readonly type: string;
  /** Such as `shop/mysql`. */
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** Empty unless it is changed. */
  readonly fields: readonly FieldChange[];
}

/** What `pulumi up` would do to a cluster that stands as `before` says, to make it what `after` says. */
export function differencePlans(before: ClusterPlan, after: ClusterPlan): readonly Change[] {
  const held = heldVolumes(before);
  const cluster: Subject = { stack: after.cluster, type: "cluster", name: after.cluster };
  const bothPlanned = before.stacks.length > 0 && after.stacks.length > 0;
  return [
    ...(bothPlanned
      ? changed(cluster, fieldChanges(clusterFacts(before), clusterFacts(after)), judgeCluster(before, after))
      : []),
    ...pairs(before.stacks, after.stacks, ({ stack }) => stack).flatMap((pair) => stackChanges(pair, held)),
  ];
}

function clusterFacts({ context, node }: ClusterPlan) {
  return { context, node };
}

/** The provider takes the cluster of a platform stack for one and the same, whatever its context is called. */
function judgeCluster(before: ClusterPlan, after: ClusterPlan): Verdict {
  if (before.context === after.context) return harmless;
  const warning =
    `the context ${after.context} must lead to the same cluster as ${before.context}: for another one ` +
    "make another platform stack, since `pulumi up` changes what it takes to be there";
  return { dataLoss: [], warnings: [warning] };
}

type Subject = Pick<Change, "stack" | "component" | "type" | "name">;

const harmless: Verdict = { dataLoss: [], warnings: [] };

interface Pair<T> {
  readonly key: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Items of the same key side by side, in the order of their first appearance in the new list, then in the old one. */
function pairs<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): readonly Pair<T>[] {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  return [...new Set([...now.keys(), ...old.keys()])].map((key) => ({
    key,
    before: old.get(key),
    after: now.get(key),
  }));
}

/** The entry of a thing that is in only one of the plans; none when it is in both. */
function presence<T>(subject: Subject, pair: Pair<T>, verdict: Verdict = harmless): readonly Change[] {
  if (pair.before === undefined) return [{ ...subject, change: "added", fields: [], ...verdict }];
  if (pair.after === undefined) return [{ ...subject, change: "removed", fields: [], ...verdict }];
  return [];
}

function changed(subject: Subject, fields: readonly FieldChange[], verdict: Verdict = harmless): readonly Change[] {
  return fields.length === 0 ? [] : [{ ...subject, change: "changed", fields, ...verdict }];
}

function stackChanges(pair: Pair<StackPlan>, held: HeldVolumes): readonly Change[] {
  const { key: stack, before, after } = pair;
  const subject: Subject = { stack, type: "stack", name: stack };
  const role = before && after ? fieldChanges({ role: before.role }, { role: after.role }) : [];
  const losses = { held, marks: keptMarks(before, after) };
  const projects = new Map(
    pairs(before?.projects ?? [], after?.projects ?? [], ({ component }) => componentKey(component)).map((project) => [
      project.key,
      project,
    ]),
  );
  const components = pairs(before?.components ?? [], after?.components ?? [], componentKey);
  return [
    ...presence(subject, pair),
    ...changed(subject, role),
    ...components.flatMap((component) => [
      ...ownerChanges(stack, component, projects.get(component.key)),
      ...resourceChanges(stack, component, losses),
    ]),
  ];
}

/** Another type makes another URN for every child, which for the engine is another component. */
function componentKey({ type, name }: ComponentPlan): string {
  return `${type} ${name}`;
}

/** The component or project itself, and what a project has in the words of its file. */
function ownerChanges(
  stack: string,
  pair: Pair<ComponentPlan>,
  project: Pair<ProjectPlan> | undefined,
): readonly Change[] {
  const component = nameOf(pair);
  if (!project) return presence({ stack, component, type: "component", name: component }, pair);
  const name = project.after?.name ?? project.before?.name ?? component;
  const parts = (["application", "database"] as const).flatMap((type) => {
    const list = (plan: ProjectPlan | undefined) =>
      (type === "application" ? plan?.applications : plan?.databases) ?? [];
    const items: readonly Pair<{ readonly name: string }>[] = pairs<{ readonly name: string }>(
      list(project.before),
      list(project.after),
      (item) => item.name,
    );
    return items.flatMap((item) => partChanges({ stack, component: name, type, name: item.key }, item));
  });
  return [...presence({ stack, component: name, type: "project", name }, project), ...parts];
}

function partChanges(subject: Subject, pair: Pair<object>): readonly Change[] {
  if (!pair.before || !pair.after) return presence(subject, pair);
  return changed(subject, fieldChanges(toJson(pair.before), toJson(pair.after)));
}

function nameOf({ before, after }: Pair<ComponentPlan>): string {
  return after?.name ?? before?.name ?? "";
}

interface StackLosses {
  readonly held: HeldVolumes;
  readonly marks: readonly KeptMark[];
}

function resourceChanges(stack: string, pair: Pair<ComponentPlan>, losses: StackLosses): readonly Change[] {
  const key = (resource: PlannedResource) => `${resource.kind} ${resource.name}`;
  return pairs(pair.before?.resources ?? [], pair.after?.resources ?? [], key).flatMap((resource) =>
    oneResource({ stack, component: nameOf(pair) }, resource, losses),
  );
}

function oneResource(
  place: Required<Pick<Change, "stack" | "component">>,
  pair: Pair<PlannedResource>,
  { held, marks }: StackLosses,
): readonly Change[] {
  const { before, after } = pair;
  const shown = after ?? before;
  if (!shown) return [];
  const subject = { ...place, type: resourceType(shown), name: resourceName(shown) };
  if (!before) return presence(subject, pair);
  const losses = { held, kept: keptReasons(marks, place.component, before) };
  if (!after) return presence(subject, pair, judgeRemoval(before, losses));
  const fields = resourceFields(before, after);
  return changed(subject, fields, fields.length === 0 ? harmless : judgeChange(before, after, { ...losses, fields }));
}

/** What a file on GitHub says is compared as what it means, not as text. */
function resourceFields(before: PlannedResource, after: PlannedResource): readonly FieldChange[] {
  if (before.kind !== "github-file" || after.kind !== "github-file") {
    return fieldChanges(comparable(before), comparable(after));
  }
  const place = fieldChanges(comparable({ ...before, content: "" }), comparable({ ...after, content: "" }));
  return [...place, ...contentChanges(before.content, after.content)];
}

function comparable(resource: PlannedResource) {
  const marked = withSecretMarks(toJsonObject(resource));
  const isBuild = resource.kind === "manifest" && resource.manifest.kind === "WorkflowTemplate";
  return isBuild ? withReadableArguments(marked) : marked;
}
