import { z } from "zod";
import type { Problem } from "../model/input-error";
import { serviceNameText } from "../model/project-scalars";
import { at } from "./claims";
import { nearest } from "./nearest";
import type { YamlDocument } from "./yaml-nodes";

const soundName = serviceNameText.optional().catch(undefined);
const soundNames = z.array(soundName).catch([]);
const named = z.array(z.object({ name: soundName }).catch({})).catch([]);
const linked = z.array(
  z.object({ name: soundName, uses: soundNames, calls: soundNames }).catch({ uses: [], calls: [] }),
);
const soundParts = z
  .object({ applications: linked.catch([]), databases: named })
  .catch({ applications: [], databases: [] });

type Names = readonly (string | undefined)[];

/** What `uses` means, and what `calls` does. */
interface List {
  readonly key: "uses" | "calls";
  /** What the names in it must be. */
  readonly kind: "database" | "application";
  /** Where such things are written. */
  readonly section: "databases" | "applications";
  readonly known: Names;
  /** What the names are of when they are in the wrong one of the two. */
  readonly others: Names;
}

interface Link {
  readonly name: string;
  /** The application that it stands in; undefined when that has no sound name. */
  readonly from: string | undefined;
  /** Names before it in the same list. */
  readonly before: Names;
}

type Complaint = Pick<Problem, "problem" | "remedy">;

/** Names under `uses` and `calls` that lead nowhere. */
export function linkProblems(document: YamlDocument): readonly Problem[] {
  const { applications, databases } = soundParts.parse(document.value);
  const lists = listsOf(
    applications.map(({ name }) => name),
    databases.map(({ name }) => name),
  );
  return applications.flatMap((application, index) =>
    lists.flatMap((list) =>
      application[list.key].flatMap((name, place) => {
        if (name === undefined) return [];
        const link = { name, from: application.name, before: application[list.key].slice(0, place) };
        const complaint = complaintOf(list, link);
        return complaint ? [{ ...at({ document, path: ["applications", index, list.key, place] }), ...complaint }] : [];
      }),
    ),
  );
}

function listsOf(applications: Names, databases: Names): readonly List[] {
  return [
    { key: "uses", kind: "database", section: "databases", known: databases, others: applications },
    { key: "calls", kind: "application", section: "applications", known: applications, others: databases },
  ];
}

function complaintOf(list: List, { name, from, before }: Link): Complaint | undefined {
  if (before.includes(name)) return { problem: `"${name}" is there twice`, remedy: "remove one of the two" };
  if (list.kind === "application" && name === from)
    return { problem: `"${name}" is the application itself`, remedy: "remove it" };
  // A name that cannot be read may be the one that is meant.
  if (list.known.includes(name) || list.known.includes(undefined)) return undefined;
  return { problem: `"${name}" is no ${list.kind} of this project`, remedy: adviceFor(list, { name, from }) };
}

function adviceFor({ key, kind, section, known, others }: List, { name, from }: Pick<Link, "name" | "from">): string {
  if (others.includes(name)) {
    const [other, list] = key === "uses" ? ["an application", "calls"] : ["a database", "uses"];
    return `it is ${other}: name it under \`${list}\``;
  }
  const names = known.filter((text) => text !== undefined).filter((text) => text !== from);
  const meant = nearest(name, names);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  const choice = names.length > 0 ? `use one of ${names.join(", ")}, or ` : "";
  return `${choice}write the ${kind} under \`${section}\` first`;
}
