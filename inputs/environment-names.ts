import { z } from "zod";
import type { Problem } from "../model/input-error";
import { environmentProjectName, maxNameLength } from "../model/names";
import { nameText, projectName } from "../model/project-scalars";
import { at, type Claim, place, projectOf, repeated, type Repetition } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

const named = z.array(z.object({ name: nameText.optional().catch(undefined) }).catch({})).catch([]);
const soundParts = z
  .object({ applications: z.array(z.object({ environments: named }).catch({ environments: [] })).catch([]) })
  .catch({ applications: [] });

/** The first place where a file names an environment; its key is the name of the project that it becomes. */
interface EnvironmentClaim extends Claim {
  readonly project: string;
}

/**
 * Names of environments that no project can have, and those that another project has already. `files` are those of all
 * projects by their names, also the ones that cannot be read.
 */
export function environmentNameProblems(
  documents: readonly YamlDocument[],
  files: ReadonlyMap<string, string>,
): readonly Problem[] {
  const applications = documents.flatMap(nameClaims);
  const claims = documents.flatMap(projectClaims);
  return [
    ...applications.flatMap((names) => repeated(names).map(namedTwice)),
    ...claims.flatMap(unusable),
    ...claims.flatMap((claim) => takenByFile(claim, files)),
    ...repeated(claims).map(takenByEnvironment),
  ];
}

/** By application, as they stand in the file. */
function nameClaims(document: YamlDocument): readonly (readonly Claim[])[] {
  return soundParts.parse(document.value).applications.map(({ environments }, index) =>
    environments.flatMap(({ name }, entry) => {
      if (name === undefined) return [];
      return [{ document, path: ["applications", index, "environments", entry, "name"], text: name, key: name }];
    }),
  );
}

/** One for each environment, however many applications are in it; none when the project's own name is none. */
function projectClaims(document: YamlDocument): readonly EnvironmentClaim[] {
  const project = projectOf(document);
  if (!projectName.safeParse(project).success) return [];
  const claims = nameClaims(document).flat();
  const repetitions = new Set(repeated(claims).map(({ claim }) => claim));
  return claims
    .filter((claim) => !repetitions.has(claim))
    .map((claim) => ({ ...claim, project, key: environmentProjectName(project, claim.text) }));
}

function namedTwice({ claim, first }: Repetition): Problem {
  const problem = `"${claim.text}" is already the name of ${place(first, 4)}`;
  return { ...at(claim), problem, remedy: "give each environment of the application its own name" };
}

function unusable(claim: EnvironmentClaim): readonly Problem[] {
  const { text, key, project } = claim;
  const [issue] = projectName.safeParse(key).error?.issues ?? [];
  if (!issue) return [];
  const problem = `"${text}" becomes the project "${key}"`;
  if (key.length <= maxNameLength)
    return [{ ...at(claim), problem: `${problem}, which cannot be the name of one`, remedy: issue.message }];
  const left = maxNameLength - environmentProjectName(project, "").length;
  const remedy = left > 0 ? `use at most ${left} characters for it` : `give ${claim.document.file} a shorter name`;
  return [{ ...at(claim), problem: `${problem}, which has more than ${maxNameLength} characters`, remedy }];
}

function takenByFile(claim: EnvironmentClaim, files: ReadonlyMap<string, string>): readonly Problem[] {
  const file = files.get(claim.key);
  return file === undefined ? [] : [taken(claim, file)];
}

function takenByEnvironment({ claim, first }: Repetition<EnvironmentClaim>): Problem {
  const { document, path, text, project } = first;
  const position = `${document.file}:${document.locate(path).line}`;
  return taken(claim, `the environment ${text} of ${project} (${position})`);
}

function taken(claim: EnvironmentClaim, owner: string): Problem {
  const problem = `"${claim.text}" becomes the project "${claim.key}", which ${owner} is already`;
  return { ...at(claim), problem, remedy: "give the environment another name, or remove one of the two" };
}
