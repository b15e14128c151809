import { z } from "zod";
import type { Problem } from "../model/input-error";
import { serviceNameText } from "../model/project-scalars";
import { at } from "./claims";
import { nearest } from "./nearest";
import type { YamlDocument } from "./yaml-nodes";

const soundName = serviceNameText.optional().catch(undefined);
const soundNames = z.array(soundName).catch([]);
const named = z.array(z.object({ name: soundName }).catch({})).catch([]);
const environments = z.array(z.object({ databases: soundNames }).catch({ databases: [] })).catch([]);
const linked = z.array(
  z
    .object({ name: soundName, uses: soundNames, calls: soundNames, environments })
    .catch({ uses: [], calls: [], environments: [] }),
);
const soundParts = z
  .object({ applications: linked.catch([]), databases: named })
  .catch({ applications: [], databases: [] });

type Names = readonly (string | undefined)[];

/** What `uses` means, what `calls` does, and what the `databases` of an environment do. */
interface Meaning {
  readonly key: "uses" | "calls" | "databases";
  /** What the names in it must be. */
  readonly kind: "database" | "application";
  /** Where such things are written. */
  readonly section: "databases" | "applications";
  readonly known: Names;
  /** What the names are of when they are in the wrong list. */
  readonly others: Names;
}

/** One list of names. */
interface List extends Meaning {
  /** Where it stands, without its key. */
  readonly path: readonly PropertyKey[];
  readonly names: Names;
  /** The application that it stands in; undefined when that has no sound name. */
  readonly from: string | undefined;
}

type Complaint = Pick<Problem, "problem" | "remedy">;

/** Names under `uses`, `calls` and the `databases` of environments that lead nowhere. */
export function linkProblems(document: YamlDocument): readonly Problem[] {
  return listsOf(document).flatMap((list) =>
    list.names.flatMap((name, place) => {
      const complaint = name === undefined ? undefined : complaintOf(list, name, list.names.slice(0, place));
      return complaint ? [{ ...at({ document, path: [...list.path, list.key, place] }), ...complaint }] : [];
    }),
  );
}

function listsOf(document: YamlDocument): readonly List[] {
  const { applications, databases } = soundParts.parse(document.value);
  const [ours, theirs] = [applications.map(({ name }) => name), databases.map(({ name }) => name)];
  const ofDatabases = { kind: "database", section: "databases", known: theirs, others: ours } as const;
  const ofApplications = { kind: "application", section: "applications", known: ours, others: theirs } as const;
  return applications.flatMap(({ name: from, uses, calls, environments }, index): readonly List[] => {
    const path = ["applications", index];
    return [
      { ...ofDatabases, key: "uses", path, names: uses, from },
      { ...ofApplications, key: "calls", path, names: calls, from },
      ...environments.map(({ databases: names }, entry): List => {
        return { ...ofDatabases, key: "databases", path: [...path, "environments", entry], names, from };
      }),
    ];
  });
}

function complaintOf(list: List, name: string, before: Names): Complaint | undefined {
  if (before.includes(name)) return { problem: `"${name}" is there twice`, remedy: "remove one of the two" };
  if (list.kind === "application" && name === list.from)
    return { problem: `"${name}" is the application itself`, remedy: "remove it" };
  // A name that cannot be read may be the one that is meant.
  if (list.known.includes(name) || list.known.includes(undefined)) return undefined;
  return { problem: `"${name}" is no ${list.kind} of this project`, remedy: adviceFor(list, name) };
}

const wrongList = {
  uses: "it is an application: name it under `calls`",
  calls: "it is a database: name it under `uses`",
  databases: "it is an application: give it an environment of the same name",
} as const satisfies Record<List["key"], string>;

function adviceFor({ key, kind, section, known, others, from }: List, name: string): string {
  if (others.includes(name)) return wrongList[key];
  const names = known.filter((text) => text !== undefined).filter((text) => text !== from);
  const meant = nearest(name, names);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  const choice = names.length > 0 ? `use one of ${names.join(", ")}, or ` : "";
  return `${choice}write the ${kind} under \`${section}\` first`;
}
