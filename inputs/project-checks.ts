import { z } from "zod";
import type { Problem } from "../model/input-error";
import { routeName } from "../model/names";
import { serviceNameText } from "../model/project-scalars";
import { hostName } from "../model/scalars";
import { at, type Claim, ownerOf, place, repeated, type Repetition } from "./claims";
import { environmentProblems } from "./project-environment";
import { linkProblems } from "./project-links";
import type { YamlDocument } from "./yaml-nodes";

/** Hosts that no project may have, and who has them, such as `Harbor`. */
export type ReservedHosts = ReadonlyMap<string, string>;

const named = z.array(z.object({ name: serviceNameText.optional().catch(undefined) }).catch({})).catch([]);
const soundHosts = z.array(hostName.optional().catch(undefined)).catch([]);
const elsewhere = z.array(z.object({ domains: soundHosts }).catch({ domains: [] })).catch([]);
const withDomains = z
  .array(z.object({ domains: soundHosts, environments: elsewhere }).catch({ domains: [], environments: [] }))
  .catch([]);

/** What is sound in a file, whatever else is wrong with it: one report then holds all that can be found. */
const soundParts = z.object({ applications: named, databases: named }).catch({ applications: [], databases: [] });
const soundDomains = z.object({ applications: withDomains }).catch({ applications: [] });

/** What no file alone can show, and what no field alone can show. */
export function crossCheck(documents: readonly YamlDocument[], reserved: ReservedHosts): readonly Problem[] {
  const domains = documents.flatMap(domainClaims);
  return [
    ...documents.flatMap((document) => repeated(nameClaims(document)).map(nameProblem)),
    ...domains.flatMap((claim) => reservedProblem(claim, reserved)),
    ...repeated(domains).map(domainProblem),
    ...documents.flatMap(linkProblems),
    ...documents.flatMap(environmentProblems),
  ];
}

function nameClaims(document: YamlDocument): readonly Claim[] {
  const parts = soundParts.parse(document.value);
  return (["applications", "databases"] as const).flatMap((list) =>
    parts[list].flatMap(({ name }, index) =>
      name === undefined ? [] : [{ document, path: [list, index, "name"], text: name, key: name }],
    ),
  );
}

function domainClaims(document: YamlDocument): readonly Claim[] {
  const { applications } = soundDomains.parse(document.value);
  return applications.flatMap(({ domains, environments }, index) => [
    ...hostClaims(document, domains, ["applications", index]),
    ...environments.flatMap((environment, entry) =>
      hostClaims(document, environment.domains, ["applications", index, "environments", entry]),
    ),
  ]);
}

function hostClaims(
  document: YamlDocument,
  domains: readonly (string | undefined)[],
  owner: readonly PropertyKey[],
): readonly Claim[] {
  return domains.flatMap((domain, entry) =>
    domain === undefined
      ? []
      : [{ document, path: [...owner, "domains", entry], text: domain, key: routeName(domain) }],
  );
}

function nameProblem({ claim, first }: Repetition): Problem {
  const problem = `"${claim.text}" is already the name of ${place(first, 2)}`;
  return { ...at(claim), problem, remedy: "give each application and database of the project its own name" };
}

function domainProblem({ claim, first }: Repetition): Problem {
  const problem = `"${claim.text}" already leads to ${ownerOf(first)}`;
  return { ...at(claim), problem, remedy: "choose another host, or remove one of the two" };
}

function reservedProblem(claim: Claim, reserved: ReservedHosts): readonly Problem[] {
  const owner = reserved.get(claim.text);
  if (owner === undefined) return [];
  return [{ ...at(claim), problem: `"${claim.text}" is the host of ${owner}`, remedy: "choose another host" }];
}
