import { type KeptDatum, noKeptData } from "../model/kept-data";
import { vaultFolder } from "../model/names";
import { departure, entriesFor, heldData, type Loss } from "./kept-data";
import { listed, refusals } from "./kept-data-report";
import type { PlannedResource } from "./planned-resource";
import type { ProjectPlan } from "./projects/project-plan";
import type { StackPlan } from "./stack-plan";

/** A datum that `pulumi up` would lose, by the rules by which it refuses to. */
export interface KeptMark {
  readonly datum: KeptDatum;
  /** What `pulumi up` does about it, and what a person can do. */
  readonly consequence: string;
}

/**
 * What a projects stack would lose when it became another one. None when the stack itself comes or goes: then none of
 * its runs compares anything.
 */
export function keptMarks(before: StackPlan | undefined, after: StackPlan | undefined): readonly KeptMark[] {
  if (before?.role !== "projects" || after?.role !== "projects") return [];
  const { giveUp = [] } = after;
  const files = { held: heldData(after.projects), projects: after.projects, giveUp };
  const leaving = departure({ ...noKeptData, held: [...heldData(before.projects)] }, files);
  const told = { ...leaving, refused: inOrder(leaving.refused, before.projects, after.projects) };
  const refused = refusals(told, files, after.stack).flatMap(({ entry, lost, remedy }) =>
    marks(lost, `\`pulumi up\` refuses until \`idp:giveUp\` names ${entry}: ${remedy}`),
  );
  const given = leaving.given.flatMap((loss) => {
    const entry = entriesFor(loss.datum, files).find((name) => giveUp.includes(name)) ?? "it";
    return marks([loss], `\`idp:giveUp\` names ${entry}; docs/runbook.md says how to go on`);
  });
  return [...refused, ...given];
}

/** As a difference tells them, what stays before what goes: the commands of the remedies count on from each other. */
function inOrder(
  lost: readonly Loss[],
  before: readonly ProjectPlan[],
  after: readonly ProjectPlan[],
): readonly Loss[] {
  const resources = new Map<string, readonly PlannedResource[]>();
  for (const { name, component } of [...after, ...before])
    resources.set(name, [...(resources.get(name) ?? []), ...component.resources]);
  const names = [...resources.keys()];
  const places = lost.map((loss) => {
    const { project } = loss.datum;
    const resource = (resources.get(project) ?? []).findIndex((item) => isIn(item, loss.datum));
    return { loss, project: names.indexOf(project), resource };
  });
  return places.sort((a, b) => a.project - b.project || a.resource - b.resource).map(({ loss }) => loss);
}

function marks(lost: readonly Loss[], consequence: string): readonly KeptMark[] {
  return lost.map(({ datum }) => ({ datum, consequence }));
}

/** What is to be said of a resource that holds such data; why a database loses its own, its volume says. */
export function keptReasons(all: readonly KeptMark[], project: string, resource: PlannedResource): readonly string[] {
  const own = all.filter(({ datum }) => datum.project === project && isIn(resource, datum));
  const others = own.map(({ datum }) => datum).filter(({ kind }) => kind !== "database");
  const gone = others.length === 0 ? [] : [`${project} no longer has ${listed(others)}`];
  return [...gone, ...new Set(own.map(({ consequence }) => consequence))];
}

function isIn(resource: PlannedResource, datum: KeptDatum): boolean {
  switch (datum.kind) {
    case "database":
      return (resource.volumes ?? []).some(({ name }) => name === datum.name);
    case "secret":
      return resource.kind === "vault-secret" && resource.path === `${vaultFolder(datum.project)}/${datum.name}`;
    case "repository":
      return resource.kind === "github-repository" && `${resource.owner}/${resource.repository}` === datum.name;
  }
}
