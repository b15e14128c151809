import { setCommand } from "../model/config-commands";
import { fileOwner } from "../model/environments";
import type { Problem } from "../model/input-error";
import type { KeptDatum } from "../model/kept-data";
import { type Departure, entriesFor, type Files, hasProject, type Loss, projectOf } from "./kept-data";

/** Where a person finds what the report speaks of. */
export interface ReportPlaces {
  /** Name of the stack, such as `homelab-projects`. */
  readonly stack: string;
  /** File of its configuration. */
  readonly stackFile: string;
  /** Folder of the project files. */
  readonly folder: string;
}

/** Why the run cannot go on; empty when no data are lost that nobody has given up. */
export function keptDataProblems(departure: Departure, files: Files, places: ReportPlaces): readonly Problem[] {
  const refused = refusals(departure, files, places.stack).map((refusal) => refusalProblem(refusal, places));
  return [...refused, ...idleEntries(departure, files, places)];
}

/** What one entry of `idp:giveUp` would let go. */
export interface Refusal {
  readonly entry: string;
  readonly project: ReturnType<typeof projectOf>;
  /** Whether a file is there that the project stood in. */
  readonly hasFile: boolean;
  readonly lost: readonly Loss[];
  /** What a person can do about it. */
  readonly remedy: string;
}

/** One for each project that is gone, and one for each part of the others. */
export function refusals({ refused }: Departure, files: Files, stack: string): readonly Refusal[] {
  const groups = new Map<string, readonly [Loss, ...Loss[]]>();
  for (const loss of refused) {
    const [entry = loss.datum.project] = entriesFor(loss.datum, files);
    const known = groups.get(entry);
    groups.set(entry, known ? [...known, loss] : [loss]);
  }
  const first = files.giveUp.length;
  return [...groups].map(([entry, lost], index) => {
    const project = projectOf(lost[0].datum, files);
    const hasFile = hasProject(files.projects, fileOwner(project));
    const command = setCommand({ stack, key: `idp:giveUp[${first + index}]`, value: entry });
    const back = isProject(entry) ? `put the ${hasFile ? "environment" : "file"} back` : "put back what it said";
    const remedy = `${back}, or retire ${entry} as docs/runbook.md says: back up, then ${command}`;
    return { entry, project, hasFile, lost, remedy };
  });
}

function isProject(entry: string): boolean {
  return !entry.includes("/");
}

function refusalProblem(refusal: Refusal, { folder }: ReportPlaces): Problem {
  const { project, lost, remedy } = refusal;
  const gone = lost.filter(({ reasons }) => reasons.length === 0).map(({ datum }) => datum);
  const reasons = lost.flatMap((loss) => loss.reasons).join(", and ");
  const where = project.environmentOf && gone.length === 0 ? `in the environment ${project.environmentOf.name}, ` : "";
  const departed = gone.length === 0 ? [] : [`${departureText(refusal)} ${listed(gone)}`];
  const problem = [...departed, ...(reasons === "" ? [] : [where + reasons])].join(", and ");
  return { file: `${folder}/${fileOwner(project)}.yaml`, problem, remedy };
}

/** How the sentence starts that goes on with what is gone. */
function departureText({ entry, project: { environmentOf }, hasFile }: Refusal): string {
  const name = environmentOf?.name;
  if (!isProject(entry)) return name === undefined ? "no longer has" : `no longer has in the environment ${name}`;
  if (name === undefined) return "is gone, and with it";
  return hasFile ? `no longer has the environment ${name}, and with it` : `is gone, and with its environment ${name}`;
}

/** `the databases mysql (mysql 8.0, 5Gi) and redis (redis 7.0, 1Gi), and in Vault the secret applications/api (KEY)` */
export function listed(data: readonly KeptDatum[]): string {
  const kinds = [
    { kind: "database", one: "the database", many: "the databases" },
    { kind: "repository", one: "the repository", many: "the repositories" },
    { kind: "secret", one: "in Vault the secret", many: "in Vault the secrets" },
  ];
  const groups = kinds.flatMap(({ kind, one, many }) => {
    const names = data.filter((datum) => datum.kind === kind).map(shown);
    return names.length === 0 ? [] : [`${names.length === 1 ? one : many} ${enumeration(names)}`];
  });
  return groups.join(", and ");
}

function shown(datum: KeptDatum): string {
  switch (datum.kind) {
    case "database":
      return `${datum.name} (${datum.type} ${datum.version}, ${datum.size})`;
    case "secret":
      return datum.key === undefined ? datum.name : `${datum.name} (${datum.key})`;
    case "repository":
      return datum.name;
  }
}

function enumeration(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** An entry that lets nothing go is a mistake now, or would let data go later that nobody thinks of. */
function idleEntries({ given, refused }: Departure, files: Files, places: ReportPlaces): readonly Problem[] {
  const entriesOf = (data: readonly KeptDatum[]) => new Set(data.flatMap((datum) => entriesFor(datum, files)));
  const used = entriesOf(given.map(({ datum }) => datum));
  const inFiles = new Set([...files.projects.map(({ name }) => name), ...entriesOf(files.held)]);
  const leaving = [...entriesOf(refused.map(({ datum }) => datum))];
  return files.giveUp.flatMap((entry, index): readonly Problem[] => {
    if (used.has(entry)) return [];
    const problem = inFiles.has(entry)
      ? `"${entry}" is still in ${placeOf(entry, files, places)}`
      : `"${entry}" is nothing that this stack holds data of`;
    const instead = inFiles.has(entry) ? "take it out of the file, or " : insteadOf(leaving);
    const remedy = `${instead}remove the entry: \`pulumi config rm --path 'idp:giveUp[${index}]' --stack ${places.stack}\``;
    return [{ file: places.stackFile, path: `idp:giveUp.${index}`, problem, remedy }];
  });
}

/** The file that speaks of an entry, such as `projects/shop.yaml, as the environment develop`. */
function placeOf(entry: string, { projects }: Files, { folder }: ReportPlaces): string {
  const [name = ""] = entry.split("/");
  const project = projects.find((candidate) => candidate.name === name) ?? { name };
  const { environmentOf } = project;
  const how = environmentOf ? `, ${isProject(entry) ? "as" : "in"} the environment ${environmentOf.name}` : "";
  return `${folder}/${fileOwner(project)}.yaml${how}`;
}

function insteadOf(leaving: readonly string[]): string {
  return leaving.length === 0 ? "" : `name what leaves (${leaving.join(", ")}), or `;
}
