import { type ConfiguredOwner, ownerCommand } from "../model/config-commands";
import { configNamespace } from "../model/config-keys";
import type { Problem } from "../model/input-error";
import { isJsonObject, type Json } from "../model/json";
import { ownerPlaceholder, type ProjectsSecretKey } from "../model/projects-settings";
import { ownerName } from "../model/repository-names";

/** What the configuration says for one owner. */
export interface Entry<T> extends ConfiguredOwner {
  /** Such as `idp:githubTokens.myorg`. */
  readonly path: string;
  readonly value: T;
}

/** By `ownerName`. */
export type Entries<T> = ReadonlyMap<string, Entry<T>>;

/** A problem in a stack's file. */
export type Found = Omit<Problem, "file">;

/** What a key holds, and what is wrong with the owners in it. */
export interface Source<T> {
  readonly entries: Entries<T>;
  readonly problems: readonly Found[];
}

/** A secret key that holds one text for each owner. */
export function sourceOf(stack: string, key: ProjectsSecretKey, value: Json): Source<Json> {
  if (isJsonObject(value)) return entriesOf(stack, key, value);
  const remedy = `set one for each owner with ${ownerCommand(key, { stack, owner: ownerPlaceholder })}, which replaces this one`;
  return { entries: new Map(), problems: [{ path: fullKey(key), problem: "is not set by owner", remedy }] };
}

/** The entries of a key by owner, whose name GitHub takes in any case. */
export function entriesOf<T>(stack: string, key: string, values: Readonly<Record<string, T>>): Source<T> {
  const entries = new Map<string, Entry<T>>();
  const problems: Found[] = [];
  for (const [owner, value] of Object.entries(values)) {
    const entry = { stack, owner, path: `${fullKey(key)}.${owner}`, value };
    const first = entries.get(ownerName(owner));
    if (first) problems.push({ path: entry.path, problem: `is the same owner as ${first.owner}`, remedy: "keep one" });
    else entries.set(ownerName(owner), entry);
  }
  return { entries, problems };
}

/** What is wrong with an entry, at its place in the configuration. */
export function located(entry: Entry<Json>, words: Pick<Problem, "problem" | "remedy"> | undefined): readonly Found[] {
  return words ? [{ path: entry.path, ...words }] : [];
}

/** A key of the configuration with its namespace. */
export function fullKey(key: string): string {
  return `${configNamespace}:${key}`;
}
