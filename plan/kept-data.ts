import type { KeptData, KeptDatum } from "../model/kept-data";
import { vaultFolder } from "../model/names";
import type { ProjectPlan } from "./projects/project-plan";
import { volumeChangeReasons } from "./volume-change";

type KeptDatabase = Extract<KeptDatum, { readonly kind: "database" }>;

/** Data that a person has taken out of the files, or that a change of the files destroys. */
export interface Loss {
  readonly datum: KeptDatum;
  /** Why data that are still in the files are lost all the same; empty when they are gone from the files. */
  readonly reasons: readonly string[];
}

/** All that the projects of a plan hold, whatever the order of the files. */
export function heldData(projects: readonly ProjectPlan[]): readonly KeptDatum[] {
  return projects.flatMap((project) => {
    const { environmentOf } = project;
    const held = [...databases(project), ...secrets(project), ...repositories(project)];
    return environmentOf ? held.map((datum) => ({ ...datum, environmentOf })) : held;
  });
}

function databases({ name: project, databases: facts, component }: ProjectPlan): readonly KeptDatum[] {
  const volumes = component.resources.flatMap((resource) => resource.volumes ?? []);
  return facts.map(({ name, type, version, size }) => {
    const { format, upgradesItself = false } = volumes.find((volume) => volume.name === name) ?? {};
    const written = format === undefined ? {} : { format };
    return { kind: "database", project, name, type, version, size, ...written, upgradesItself };
  });
}

/** What is below `databases/` belongs to a database, which stands for it. */
function secrets({ name: project, vaultSecrets }: ProjectPlan): readonly KeptDatum[] {
  return vaultSecrets.flatMap(({ path, keys }): readonly KeptDatum[] => {
    const name = path.slice(vaultFolder(project).length + 1);
    const [folder = "", of = folder, entered] = name.split("/");
    if (folder === "databases") return [];
    if (folder !== "applications" || entered !== undefined) return [{ kind: "secret", project, name, of }];
    return keys.map((key) => ({ kind: "secret", project, name, key, of }));
  });
}

/** Those that Pulumi does not only use. */
function repositories({ name: project, repositories: facts, applications }: ProjectPlan): readonly KeptDatum[] {
  return facts
    .filter(({ mode }) => mode !== "use")
    .map(({ name }) => {
      const builds = applications.filter(({ repository }) => repository.toLowerCase() === name.toLowerCase());
      return { kind: "repository", project, name, of: builds.map((application) => application.name) };
    });
}

/** What of the data would be lost if the files became what is held now. */
export function losses(before: readonly KeptDatum[], now: readonly KeptDatum[]): readonly Loss[] {
  const byIdentity = new Map(now.map((datum) => [identity(datum), datum]));
  return before.flatMap((datum) => {
    const after = byIdentity.get(identity(datum));
    if (after === undefined) return [{ datum, reasons: [] }];
    const reasons = datum.kind === "database" && after.kind === "database" ? changeReasons(datum, after) : [];
    return reasons.length === 0 ? [] : [{ datum, reasons }];
  });
}

/** Which versions read the files of which others is what this program says now, not what it said then. */
function changeReasons(before: KeptDatabase, after: KeptDatabase): readonly string[] {
  return volumeChangeReasons(volume({ ...before, upgradesItself: after.upgradesItself }), volume(after));
}

function volume({ name, size, format, upgradesItself }: KeptDatabase) {
  return { name, size, ...(format === undefined ? {} : { format }), upgradesItself };
}

/** GitHub takes `MyOrg/My-Api` and `myorg/my-api` for one. */
function identity(datum: KeptDatum): string {
  const name = datum.kind === "repository" ? datum.name.toLowerCase() : datum.name;
  return [datum.project, datum.kind, name, datum.kind === "secret" ? (datum.key ?? "") : ""].join(" ");
}

/** What the files say now, and what a person has said beside them. */
export interface Files {
  readonly held: readonly KeptDatum[];
  /** The projects of the files, environments among them. */
  readonly projects: readonly Pick<ProjectPlan, "name" | "environmentOf">[];
  /** The entries of `idp:giveUp`. */
  readonly giveUp: readonly string[];
}

/**
 * Entries of `idp:giveUp` that let a datum go: a part of a project such as `shop/mysql`, and before it the project, if it is
 * gone. While it is in the files, the project's name would let go more than anybody has in mind.
 */
export function entriesFor(datum: KeptDatum, { projects }: Pick<Files, "projects">): readonly string[] {
  const of = datum.kind === "database" ? [datum.name] : datum.kind === "secret" ? [datum.of] : datum.of;
  const parts = of.map((part) => `${datum.project}/${part}`);
  return hasProject(projects, datum.project) ? parts : [datum.project, ...parts];
}

/** Whether a project is in the files. */
export function hasProject(projects: Files["projects"], project: string): boolean {
  return projects.some(({ name }) => name === project);
}

/** The project of a datum as the files know it; of one that is gone, as it was. */
export function projectOf({ project, environmentOf }: KeptDatum, { projects }: Pick<Files, "projects">) {
  return (
    projects.find(({ name }) => name === project) ?? { name: project, ...(environmentOf ? { environmentOf } : {}) }
  );
}

/** What `idp:giveUp` lets go, and what it does not. */
export interface Departure {
  readonly given: readonly Loss[];
  readonly refused: readonly Loss[];
}

/** What was given up in an earlier run and is no longer named is over. */
export function departure(before: KeptData, files: Files): Departure {
  const isGiven = ({ datum }: Loss) => entriesFor(datum, files).some((entry) => files.giveUp.includes(entry));
  const lost = losses(before.held, files.held);
  return {
    given: [...lost, ...losses(before.givenUp, files.held)].filter(isGiven),
    refused: lost.filter((loss) => !isGiven(loss)),
  };
}

/** What the next run has to know. */
export function nextKeptData({ held }: Files, { given }: Departure): KeptData {
  const unique = new Map(given.map(({ datum }) => [JSON.stringify(datum), datum]));
  return { version: 1, held: [...held], givenUp: [...unique.values()] };
}
