import { isDeepStrictEqual } from "node:util";
import { type ConfigKey, configKeys, configNamespace, declaredDefault } from "../model/config-keys";
import type { Problem } from "../model/input-error";
import { type Json, toJson } from "../model/json";
import type { RoleName } from "../model/roles";
import type { RawConfig, RawValue } from "./raw-config";
import { unknownKey } from "./unknown-key";

/** What a stack sets for the keys of its role, and what is wrong with the rest. */
export interface RoleValues {
  /** Values that differ from the default, by name without the namespace. */
  readonly values: Readonly<Record<string, Json>>;
  /** Names of the secret keys that are set. */
  readonly secrets: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Sorts a stack's keys: those of its role with their types mended, and a problem for every other one. */
export function readRoleValues(raw: RawConfig, role: RoleName | undefined): RoleValues {
  const values: Record<string, Json> = {};
  const secrets = new Set<string>();
  const problems: Problem[] = [];
  for (const [fullKey, rawValue] of raw.values) {
    const outcome = readKey(fullKey, rawValue, role);
    if (outcome === undefined) continue;
    if ("problem" in outcome) problems.push({ ...keyPositionOf(raw, fullKey), path: fullKey, ...outcome });
    else if (outcome.key.secret) secrets.add(outcome.key.name);
    else values[outcome.key.name] = outcome.value;
  }
  return { values, secrets, problems };
}

/** Where a key stands in the stack's file. */
export function positionOf(raw: RawConfig, path: readonly PropertyKey[]): Pick<Problem, "file" | "line" | "column"> {
  return { file: raw.file, ...raw.places?.locate(path) };
}

/** Where the key itself stands, for a problem with the key and not with its value. */
function keyPositionOf(raw: RawConfig, key: string): Pick<Problem, "file" | "line" | "column"> {
  return { file: raw.file, ...raw.places?.locateKey([key]) };
}

type Outcome = { readonly key: ConfigKey; readonly value: Json } | Pick<Problem, "problem" | "remedy"> | undefined;

/** Provider settings that would be read by a default provider, which this program never uses. */
const providerNamespaces = ["kubernetes", "vault", "github", "random", "tls"];

function readKey(fullKey: string, raw: RawValue, role: RoleName | undefined): Outcome {
  const [namespace = "", name = ""] = fullKey.split(/:(.*)/s);
  if (providerNamespaces.includes(namespace)) {
    return {
      problem: "configures a default provider, and those are disabled",
      remedy: "remove it; the stacks make their own providers from `idp:` keys and never keep a provider's token",
    };
  }
  if (namespace !== configNamespace || name === "role") return undefined;
  const key = configKeys.get(name);
  if (!key) return unknownConfigKey(name);
  return raw.secret || key.secret ? readSecret(key, raw) : readPlain(key, raw, role);
}

function unknownConfigKey(name: string): Outcome {
  const words = unknownKey(name, [...configKeys.keys()], { prefix: `${configNamespace}:` });
  const [group = ""] = name.split(".");
  if (!name.includes(".") || !configKeys.has(group)) return words;
  const full = `${configNamespace}:${name}`;
  return { ...words, remedy: `set it inside \`${configNamespace}:${group}\`: \`pulumi config set --path ${full}\`` };
}

function readSecret(key: ConfigKey, raw: RawValue): Outcome {
  const plain = raw.plainParts?.[0];
  if (raw.secret && key.secret && plain !== undefined) return plainPart(key, plain);
  if (raw.secret && key.secret) return { key, value: "" };
  const command = `pulumi config set ${key.secret ? "--secret " : ""}${argument(key)}`;
  if (raw.secret)
    return {
      problem: "is encrypted, but it is part of names that everyone sees",
      remedy: `set it with \`${command}\``,
    };
  if (isUnset(key, raw)) return undefined;
  return { problem: "is a secret in plain text", remedy: `revoke it and set a new one with \`${command}\`` };
}

/** A secret of every owner is set by its own command, since Pulumi encrypts text and no objects. */
function argument(key: ConfigKey): string {
  const full = `${configNamespace}:${key.name}`;
  return key.secret && key.type === "object" ? `--path '${full}.OWNER'` : full;
}

function plainPart(key: ConfigKey, path: string): Outcome {
  const remedy = `revoke it and set a new one with \`pulumi config set --secret --path '${configNamespace}:${key.name}.${path}'\``;
  return { problem: `has a secret in plain text: ${path}`, remedy };
}

/** As `Pulumi.yaml` has it, of an object as the text that the engine makes of it. */
function isUnset(key: ConfigKey, raw: RawValue): boolean {
  return raw.value !== undefined && isDeepStrictEqual(mended(key, raw.value), declaredDefault(key));
}

function readPlain(key: ConfigKey, raw: RawValue, role: RoleName | undefined): Outcome {
  const value = mended(key, raw.value ?? null);
  if (value === undefined) {
    return {
      problem: `is ${JSON.stringify(raw.value)}, which is not of type ${key.type}`,
      remedy: `use a value of type ${key.type}`,
    };
  }
  if (isDeepStrictEqual(value, declaredDefault(key))) return undefined;
  if (role === undefined || key.roles.includes(role)) return { key, value };
  return {
    problem: `belongs to the role ${key.roles.join(" and ")}, and this stack has the role ${role}`,
    remedy: `set it in the stack of that role, or remove it`,
  };
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
