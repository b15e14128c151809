import { isDeepStrictEqual } from "node:util";
import { ownerCommand, removeCommand, setCommand, setSecretCommand } from "../model/config-commands";
import { type ConfigKey, configKeys, configNamespace, declaredDefault } from "../model/config-keys";
import type { Problem } from "../model/input-error";
import { type Json, toJson } from "../model/json";
import { ownerPlaceholder } from "../model/projects-settings";
import type { RoleName } from "../model/roles";
import { wrongType } from "./config-groups";
import type { RawConfig, RawValue } from "./raw-config";
import { unknownKey } from "./unknown-key";

/** What a stack sets for the keys of its role, and what is wrong with the rest. */
export interface RoleValues {
  /** Values that differ from the default, by name without the namespace. */
  readonly values: Readonly<Record<string, Json>>;
  /** Names of the secret keys that are set. */
  readonly secrets: ReadonlySet<string>;
  /** Names inside those of them that are objects, such as the owners of `githubTokens`, where the stack's file shows them. */
  readonly secretParts: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** Sorts a stack's keys: those of its role with their types mended, and a problem for every other one. */
export function readRoleValues(raw: RawConfig, role: RoleName | undefined): RoleValues {
  const values: Record<string, Json> = {};
  const secretParts = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  for (const [fullKey, rawValue] of raw.values) {
    const outcome = readKey(fullKey, rawValue, { stack: raw.stack, role });
    if (outcome === undefined) continue;
    if ("problem" in outcome) problems.push({ ...keyPositionOf(raw, fullKey), path: fullKey, ...outcome });
    else if (outcome.key.secret) secretParts.set(outcome.key.name, rawValue.secretParts ?? []);
    else values[outcome.key.name] = outcome.value;
  }
  return { values, secrets: new Set(secretParts.keys()), secretParts, problems };
}

/** Where a key stands in the stack's file. */
export function positionOf(raw: RawConfig, path: readonly PropertyKey[]): Pick<Problem, "file" | "line" | "column"> {
  return { file: raw.file, ...raw.places?.locate(path) };
}

/** Where the key itself stands, for a problem with the key and not with its value. */
function keyPositionOf(raw: RawConfig, key: string): Pick<Problem, "file" | "line" | "column"> {
  return { file: raw.file, ...raw.places?.locateKey([key]) };
}

type Outcome = { readonly key: ConfigKey; readonly value: Json } | Words | undefined;

type Words = Pick<Problem, "problem" | "remedy">;

interface Reader {
  readonly stack: string;
  readonly role: RoleName | undefined;
}

/** Provider settings that would be read by a default provider, which this program never uses. */
const providerNamespaces = ["kubernetes", "vault", "github", "random", "tls"];

function readKey(fullKey: string, raw: RawValue, reader: Reader): Outcome {
  const [namespace = "", name = ""] = fullKey.split(/:(.*)/s);
  if (providerNamespaces.includes(namespace)) return providerKey(reader.stack, fullKey);
  if (namespace !== configNamespace || name === "role") return undefined;
  const key = configKeys.get(name);
  if (!key) return unknownConfigKey(reader.stack, name, raw);
  return raw.secret || key.secret ? readSecret(reader.stack, key, raw) : readPlain(key, raw, reader);
}

/** A token is told apart: it has been in the file, and taking it out is not enough. */
function providerKey(stack: string, key: string): Words {
  const command = removeCommand({ stack, key });
  if (!/token$/i.test(key)) {
    const remedy = `remove it with ${command}; the stacks make their own providers from \`idp:\` keys`;
    return { problem: "configures a default provider, and those are disabled", remedy };
  }
  const source = key.startsWith("vault:")
    ? "`npm run with-vault -- COMMAND` gets one for each run (docs/vault.md)"
    : "the stacks take theirs from `idp:` keys";
  const problem = "is a provider's token in the configuration, where it goes stale and lies in the repository";
  return { problem, remedy: `revoke it, and remove it with ${command}; ${source}` };
}

function isGroup({ type }: ConfigKey): boolean {
  return type === "object" || type === "array";
}

/** The wrong line stays where it is until it is removed, so both commands are told. */
function unknownConfigKey(stack: string, name: string, raw: RawValue): Words {
  const words = unknownKey(name, [...configKeys.keys()], { prefix: `${configNamespace}:` });
  const group = configKeys.get(name.split(/[.[]/)[0] ?? "");
  if (group === undefined || group.name === name || !isGroup(group)) return words;
  const key = `${configNamespace}:${name}`;
  const set = group.secret ? setSecretCommand({ stack, key }) : setCommand({ stack, key });
  const advice = `${removeCommand({ stack, key })}, then ${set}`;
  const inside = `inside \`${configNamespace}:${group.name}\``;
  return group.secret && !raw.secret
    ? { problem: "is a secret in plain text", remedy: `revoke it and set a new one ${inside}: ${advice}` }
    : { ...words, remedy: `set it ${inside}: ${advice}` };
}

function readSecret(stack: string, key: ConfigKey, raw: RawValue): Outcome {
  const plain = raw.plainParts?.[0];
  if (raw.secret && key.secret) {
    if (plain !== undefined) return plainPart(stack, key, plain);
    return key.type === "object" && raw.secretParts?.length === 0 ? oneForAll(stack, key) : { key, value: "" };
  }
  if (raw.secret) {
    const remedy = `set it with ${setCommand({ stack, key: `${configNamespace}:${key.name}` })}`;
    return { problem: "is encrypted, but it is part of names that everyone sees", remedy };
  }
  if (isUnset(key, raw)) return undefined;
  const remedy = `revoke it and set a new one with ${secretCommand(stack, key)}`;
  return { problem: "is a secret in plain text", remedy };
}

/** A secret of every owner is set by its own command, since Pulumi encrypts text and no objects. */
function secretCommand(stack: string, key: ConfigKey, owner: string = ownerPlaceholder): string {
  if (key.type === "object") return ownerCommand(key.name, { stack, owner });
  return setSecretCommand({ stack, key: `${configNamespace}:${key.name}` });
}

function plainPart(stack: string, key: ConfigKey, path: string): Words {
  const remedy = `revoke it and set a new one with ${secretCommand(stack, key, path)}`;
  return { problem: `has a secret in plain text: ${path}`, remedy };
}

/** Pulumi refuses it too, but names no way out. */
function oneForAll(stack: string, key: ConfigKey): Words {
  const remedy = `set one for each owner with ${secretCommand(stack, key)}, which replaces this one`;
  return { problem: "is not set by owner", remedy };
}

/** As `Pulumi.yaml` has it, of an object as the text that the engine makes of it. */
function isUnset(key: ConfigKey, raw: RawValue): boolean {
  return raw.value !== undefined && isDeepStrictEqual(mended(key, raw.value), declaredDefault(key));
}

function readPlain(key: ConfigKey, raw: RawValue, { stack, role }: Reader): Outcome {
  const value = mended(key, raw.value ?? null);
  if (role !== undefined && !key.roles.includes(role) && !isDeepStrictEqual(value, declaredDefault(key))) {
    return {
      problem: `belongs to the role ${key.roles.join(" and ")}, and this stack has the role ${role}`,
      remedy: `set it in the stack of that role, or remove it`,
    };
  }
  if (value === undefined) return wrongType(stack, key, typeof raw.value === "string" ? raw.value : "");
  return isDeepStrictEqual(value, declaredDefault(key)) ? undefined : { key, value };
}

/** Pulumi hands numbers, booleans and objects over as text; undefined when the text is none of that type. */
function mended(key: ConfigKey, value: Json): Json | undefined {
  if (key.type === "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof value !== "string") return value;
  try {
    return toJson(JSON.parse(value));
  } catch {
    return undefined;
  }
}
