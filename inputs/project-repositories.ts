import { z } from "zod";
import { application, type RepositorySettings } from "../model/application";
import { githubOwner, githubRepository } from "../model/git-scalars";
import type { Problem } from "../model/input-error";
import { repositoryName } from "../model/repository-names";
import { at, type Claim, ownerOf, repeated, type Repetition } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

/** Repositories that no project may have, by `repositoryName`, and whose they are, such as `the GitOps repository`. */
export type ReservedRepositories = ReadonlyMap<string, string>;

/** The repository that one application is built from. */
interface RepositoryClaim extends Claim {
  /** Keys of its settings as they were written, without what the defaults add. */
  readonly written: ReadonlySet<string>;
  readonly settings: RepositorySettings;
}

const written = z.record(z.string(), z.unknown()).catch({});
const soundApplication = z.object({
  git: z.object({ owner: githubOwner, repo: githubRepository }),
  repository: z.unknown().optional(),
});
const sound = z
  .object({ applications: z.array(soundApplication.optional().catch(undefined)).catch([]) })
  .catch({ applications: [] });

/** What no application alone can show about its repository, and what has no effect on it. */
export function repositoryProblems(
  documents: readonly YamlDocument[],
  reserved: ReservedRepositories,
): readonly Problem[] {
  const files = documents.map(claimsOf);
  const owned = files.flatMap((claims) => firstOfEach(claims.filter(({ settings }) => settings.mode !== "use")));
  return [
    ...files.flat().flatMap(uselessKeys),
    ...files.flat().flatMap((claim) => reservedProblem(claim, reserved)),
    ...files.flatMap((claims) => repeated(claims).flatMap(differenceProblem)),
    ...repeated(owned).map(ownedTwice),
  ];
}

function claimsOf(document: YamlDocument): readonly RepositoryClaim[] {
  return sound.parse(document.value).applications.flatMap((found, index) => {
    const settings = application.shape.repository.safeParse(found?.repository).data;
    if (!found || !settings) return [];
    const { owner, repo } = found.git;
    const base = { document, path: ["applications", index, "repository"], text: `${owner}/${repo}` };
    return [{ ...base, key: repositoryName(owner, repo), settings, written: presentKeys(found.repository) }];
  });
}

function presentKeys(value: unknown): ReadonlySet<string> {
  const keys = Object.entries(written.parse(value)).filter(([, item]) => item !== null);
  return new Set(keys.map(([key]) => key));
}

function firstOfEach(claims: readonly RepositoryClaim[]): readonly RepositoryClaim[] {
  const repetitions = new Set(repeated(claims).map(({ claim }) => claim));
  return claims.filter((claim) => !repetitions.has(claim));
}

/** Settings that only some modes heed. */
const heededBy: Readonly<Record<string, readonly RepositorySettings["mode"][]>> = {
  visibility: ["create"],
  template: ["create"],
  description: ["create", "adopt"],
};

function uselessKeys(claim: RepositoryClaim): readonly Problem[] {
  const { mode } = claim.settings;
  const useless = Object.entries(heededBy).filter(([key, modes]) => claim.written.has(key) && !modes.includes(mode));
  return useless.map(([key, modes]) => ({
    ...at({ ...claim, path: [...claim.path, key] }),
    problem: `has no effect on a repository with the mode ${mode}`,
    remedy: `remove it, or use \`mode: ${modes.join("` or `mode: ")}\``,
  }));
}

function reservedProblem(claim: RepositoryClaim, reserved: ReservedRepositories): readonly Problem[] {
  const whose = reserved.get(claim.key);
  if (whose === undefined) return [];
  const position = at({ ...claim, path: [...claim.path.slice(0, 2), "git", "repo"] });
  return [{ ...position, problem: `"${claim.text}" is ${whose}`, remedy: "build the application from another one" }];
}

/** Both are one repository, of which there is one webhook, one key and one set of settings. */
function differenceProblem({ claim, first }: Repetition<RepositoryClaim>): readonly Problem[] {
  const same = ownerOf(first);
  if (claim.text !== first.text) {
    const problem = `"${claim.text}" is "${first.text}" of ${same} to GitHub`;
    const position = at({ ...claim, path: [...claim.path.slice(0, 2), "git"] });
    return [{ ...position, problem, remedy: "write it alike in both, as GitHub shows it" }];
  }
  const settings = Object.entries(claim.settings);
  const others = new Map(Object.entries(first.settings));
  const difference = settings.find(([key, value]) => others.get(key) !== value);
  if (!difference) return [];
  const [key, value] = difference;
  const said = (text: string | boolean | null | undefined) =>
    (text ?? "") === "" ? `no \`${key}\`` : `\`${key}: ${String(text)}\``;
  const problem = `has ${said(value)}, and ${same} of the same repository has ${said(others.get(key))}`;
  return [{ ...at(claim), problem, remedy: "say the same in both" }];
}

function ownedTwice({ claim, first }: Repetition): Problem {
  const problem = `"${claim.text}" is already managed by ${ownerOf(first)}`;
  return { ...at(claim), problem, remedy: "let one project create or adopt it, and the others use it" };
}
