import type { Problem } from "../model/input-error";
import type { KeptDatum } from "../model/kept-data";
import { type Departure, entriesFor, type Files, type Loss } from "./kept-data";

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
  return [...refusals(departure, files, places), ...idleEntries(departure, files, places)];
}

/** One for each project whose file is gone, and one for each part of the others. */
function refusals({ refused }: Departure, files: Files, places: ReportPlaces): readonly Problem[] {
  const groups = new Map<string, readonly Loss[]>();
  for (const loss of refused) {
    const [entry = loss.datum.project] = entriesFor(loss.datum, files);
    groups.set(entry, [...(groups.get(entry) ?? []), loss]);
  }
  const first = files.giveUp.length;
  return [...groups].map(([entry, lost], index) => refusal(entry, lost, { ...places, index: first + index }));
}

function refusal(
  entry: string,
  lost: readonly Loss[],
  { stack, folder, index }: ReportPlaces & { readonly index: number },
): Problem {
  const [project = "", part] = entry.split("/");
  const gone = lost.filter(({ reasons }) => reasons.length === 0).map(({ datum }) => datum);
  const reasons = lost.flatMap((loss) => loss.reasons);
  const start = part === undefined ? "is gone, and with it " : "no longer has ";
  const problem = [...(gone.length === 0 ? [] : [start + listed(gone)]), ...reasons].join(", and ");
  const back = part === undefined ? "put the file back" : "put back what it said";
  const command = `pulumi config set --path 'idp:giveUp[${index}]' ${entry} --stack ${stack}`;
  const remedy = `${back}, or retire ${entry} as docs/runbook.md says: back up, then \`${command}\``;
  return { file: `${folder}/${project}.yaml`, problem, remedy };
}

/** `the databases mysql (mysql 8.0, 5Gi) and redis (redis 7.0, 1Gi), and in Vault the secret applications/api (KEY)` */
function listed(data: readonly KeptDatum[]): string {
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
  const inFiles = new Set([...files.projects, ...entriesOf(files.held)]);
  const leaving = [...entriesOf(refused.map(({ datum }) => datum))];
  return files.giveUp.flatMap((entry, index): readonly Problem[] => {
    if (used.has(entry)) return [];
    const [project = ""] = entry.split("/");
    const problem = inFiles.has(entry)
      ? `"${entry}" is still in ${places.folder}/${project}.yaml`
      : `"${entry}" is nothing that this stack holds data of`;
    const instead = inFiles.has(entry) ? "take it out of the file, or " : insteadOf(leaving);
    const remedy = `${instead}remove the entry: \`pulumi config rm --path 'idp:giveUp[${index}]' --stack ${places.stack}\``;
    return [{ file: places.stackFile, path: `idp:giveUp.${index}`, problem, remedy }];
  });
}

function insteadOf(leaving: readonly string[]): string {
  return leaving.length === 0 ? "" : `name what leaves (${leaving.join(", ")}), or `;
}
