import { type ConfiguredOwner, ownerCommand } from "../model/config-commands";
import { configNamespace } from "../model/config-keys";
import { InputError, type Problem } from "../model/input-error";
import { isJsonObject, type Json } from "../model/json";
import { ownerPlaceholder, type ProjectsSecretKey, type ProjectsSettings } from "../model/projects-settings";
import { ownerName } from "../model/repository-names";
import { appKeyProblem, isText, keyAdvice, tokenAdvice, tokenProblem } from "./github-tokens";
import { stackFileName } from "./stack-file";

/** How the program acts for one owner on GitHub. */
export type GitHubCredential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "app"; readonly id: number; readonly installationId: number; readonly key: string };

/** What the engine holds for GitHub. The values are plain: they go into a provider, as secrets, and nowhere else. */
export interface GitHubSecrets extends Readonly<Record<ProjectsSecretKey, Json>> {
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
  ].map((problem) => ({ file: stackFileName(stack), ...problem }));
  const all = [...secrets.variables.map(variableProblem), ...problems];
  if (all.length > 0) throw new InputError(all);
  return new Map(
    [...owners.keys()].map((name) => [name, credential(name, tokens.entries, keys.entries, apps.entries)]),
  );
}

/** What the configuration says for one owner. */
interface Entry<T> extends ConfiguredOwner {
  /** Such as `idp:githubTokens.myorg`. */
  readonly path: string;
  readonly value: T;
}

type Entries<T> = ReadonlyMap<string, Entry<T>>;

type Found = Omit<Problem, "file">;

interface Source<T> {
  readonly entries: Entries<T>;
  readonly problems: readonly Found[];
}

function sourceOf(stack: string, key: ProjectsSecretKey, value: Json): Source<Json> {
  if (isJsonObject(value)) return entriesOf(stack, key, value);
  const remedy = `set one for each owner with ${ownerCommand(key, { stack, owner: ownerPlaceholder })}, which replaces this one`;
  return { entries: new Map(), problems: [{ path: full(key), problem: "is not set by owner", remedy }] };
}

function entriesOf<T>(stack: string, key: string, values: Readonly<Record<string, T>>): Source<T> {
  const entries = new Map<string, Entry<T>>();
  const problems: Found[] = [];
  for (const [owner, value] of Object.entries(values)) {
    const entry = { stack, owner, path: `${full(key)}.${owner}`, value };
    const first = entries.get(ownerName(owner));
    if (first) problems.push({ path: entry.path, problem: `is the same owner as ${first.owner}`, remedy: "keep one" });
    else entries.set(ownerName(owner), entry);
  }
  return { entries, problems };
}

function located(entry: Entry<Json>, words: Pick<Problem, "problem" | "remedy"> | undefined): readonly Found[] {
  return words ? [{ path: entry.path, ...words }] : [];
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
    const remedy = `set \`${full(`github.apps.${owner}`)}\` with its \`id\` and \`installationId\`, or remove the key`;
    return apps.has(name) ? [] : [{ path, problem: "is the private key of no App", remedy }];
  });
  return [...twice, ...keyless, ...stray];
}

function both(path: string, owner: string): Found {
  return { path, problem: `is an App beside a token for ${owner}`, remedy: "keep one of the two" };
}

function missing(stack: string, owner: string): Found {
  const problem = `has no token for ${owner}, whose repositories are in use, and \`idp:github\` has no App for it`;
  return { path: full("githubTokens"), problem, remedy: tokenAdvice({ stack, owner }) };
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

function full(key: string): string {
  return `${configNamespace}:${key}`;
}
