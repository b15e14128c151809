import { InputError, type Problem } from "../model/input-error";
import type { Json } from "../model/json";
import type { ProjectsSettings } from "../model/projects-settings";
import { ownerName } from "../model/repository-names";
import { appKeyProblem, isText, keyAdvice, tokenAdvice, tokenProblem } from "./github-tokens";
import { type Entries, entriesOf, type Found, fullKey, located, sourceOf } from "./owner-secrets";
import { releaseSecretProblems, type ReleaseSecrets } from "./release-secrets";
import { stackFileName } from "./stack-file";

/** How the program acts for one owner on GitHub. */
export type GitHubCredential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "app"; readonly id: number; readonly installationId: number; readonly key: string };

/** What the engine holds for GitHub. The values are plain: they go into a provider, as secrets, and nowhere else. */
export interface GitHubSecrets extends Readonly<Record<"githubTokens" | "githubAppKeys", Json>> {
  /** How people are told of builds; absent: not at all. */
  readonly releaseSecrets?: ReleaseSecrets;
  /** Variables of the environment that GitHub's provider obeys more than its own settings. */
  readonly variables: readonly string[];
}

export interface GitHubCredentialArgs {
  /** Name of the stack. */
  readonly stack: string;
  /** Owners of all repositories, in any spelling and as often as they occur; with none, only what is set is checked. */
  readonly owners: readonly string[];
  readonly apps: Apps;
  readonly secrets: GitHubSecrets;
}

type Apps = ProjectsSettings["github"]["apps"];

/** The credential of each owner in use, by `ownerName`. Throws one InputError with everything that is wrong with any. */
export function gitHubCredentials(args: GitHubCredentialArgs): ReadonlyMap<string, GitHubCredential> {
  const { stack, secrets } = args;
  const owners = new Map(args.owners.map((owner) => [ownerName(owner), owner]));
  const tokens = sourceOf(stack, "githubTokens", secrets.githubTokens);
  const keys = sourceOf(stack, "githubAppKeys", secrets.githubAppKeys);
  const apps = entriesOf(stack, "github.apps", args.apps);
  const problems = [
    ...[...tokens.problems, ...keys.problems, ...apps.problems],
    ...[...tokens.entries.values()].flatMap((entry) => located(entry, tokenProblem(entry, entry.value))),
    ...[...keys.entries.values()].flatMap((entry) => located(entry, appKeyProblem(entry, entry.value))),
    ...pairProblems(tokens.entries, keys.entries, apps.entries),
    ...[...owners].flatMap(([name, owner]) =>
      tokens.entries.has(name) || apps.entries.has(name) || tokens.problems.length > 0 ? [] : [missing(stack, owner)],
    ),
    ...releaseSecretProblems(stack, secrets),
  ].map((problem) => ({ file: stackFileName(stack), ...problem }));
  const all = [...secrets.variables.map(variableProblem), ...problems];
  if (all.length > 0) throw new InputError(all);
  return new Map(
    [...owners.keys()].map((name) => [name, credential(name, tokens.entries, keys.entries, apps.entries)]),
  );
}

/** A token stands alone; an App and its key belong together. */
function pairProblems(tokens: Entries<Json>, keys: Entries<Json>, apps: Entries<Apps[string]>): readonly Found[] {
  const twice = [...apps].flatMap(([name, { path, owner }]) => (tokens.has(name) ? [both(path, owner)] : []));
  const keyless = [...apps].flatMap(([name, entry]) =>
    keys.has(name)
      ? []
      : [{ path: entry.path, problem: "is an App without its private key", remedy: keyAdvice(entry) }],
  );
  const stray = [...keys].flatMap(([name, { path, owner }]) => {
    const remedy = `set \`${fullKey(`github.apps.${owner}`)}\` with its \`id\` and \`installationId\`, or remove the key`;
    return apps.has(name) ? [] : [{ path, problem: "is the private key of no App", remedy }];
  });
  return [...twice, ...keyless, ...stray];
}

function both(path: string, owner: string): Found {
  return { path, problem: `is an App beside a token for ${owner}`, remedy: "keep one of the two" };
}

function missing(stack: string, owner: string): Found {
  const problem = `has no token for ${owner}, whose repositories are in use, and \`idp:github\` has no App for it`;
  return { path: fullKey("githubTokens"), problem, remedy: tokenAdvice({ stack, owner }) };
}

function variableProblem(variable: string): Problem {
  const problem = "is set in the environment, and GitHub's provider would obey it for every owner";
  return { file: variable, problem, remedy: `run Pulumi without it: \`unset ${variable}\`` };
}

function credential(
  name: string,
  tokens: Entries<Json>,
  keys: Entries<Json>,
  apps: Entries<Apps[string]>,
): GitHubCredential {
  const [token, app, key] = [tokens.get(name)?.value, apps.get(name)?.value, keys.get(name)?.value];
  if (isText(token)) return { kind: "token", token };
  if (app && isText(key)) return { kind: "app", ...app, key };
  throw new Error(`${name} was checked and has no credential`);
}
