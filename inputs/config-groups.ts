import { z } from "zod";
import { type ConfigKey, configNamespace, roleSchemas } from "../model/config-keys";
import { setCommand } from "../model/config-commands";
import type { Problem } from "../model/input-error";
import { isJsonObject, type Json, toJson } from "../model/json";
import { shownText } from "./found-value";

/** One text where something else belongs, mostly a group of keys or a list that was set without `--path`. */
export function wrongType(stack: string, key: ConfigKey, text: string): Pick<Problem, "problem" | "remedy"> {
  const full = `${configNamespace}:${key.name}`;
  if (key.type !== "object" && key.type !== "array") {
    const problem = `is ${shownText(text)}, which is not of type ${key.type}`;
    return { problem, remedy: `use a value of type ${key.type}` };
  }
  if (key.type === "array") {
    const command = setCommand({ stack, key: `${full}[0]`, value: text });
    return { problem: `is ${shownText(text)}, and a list belongs here`, remedy: `set its first item with ${command}` };
  }
  const leaves = leavesOf(key);
  const meant = leaves.find(({ choices }) => choices.includes(text));
  const command = setCommand({
    stack,
    key: `${full}.${meant?.path ?? "KEY"}`,
    ...(meant === undefined ? {} : { value: text }),
  });
  const names = [...new Set(leaves.map(({ path }) => path))];
  const list = names.length > 0 ? `; its keys are ${names.join(", ")}` : "";
  const problem = `is ${shownText(text)}, and a group of keys belongs here`;
  return { problem, remedy: `set each key by itself, such as ${command}${list}` };
}

/** A value somewhere inside a group. */
interface Leaf {
  /** Below the group, such as `storage.images`. */
  readonly path: string;
  /** The only values that it takes; none: it takes others too. */
  readonly choices: readonly Json[];
}

function leavesOf({ name, roles: [role] }: ConfigKey): readonly Leaf[] {
  const shape: Readonly<Record<string, z.ZodType>> = role === undefined ? {} : roleSchemas[role].shape;
  const schema = shape[name];
  if (!schema) return [];
  return leavesBelow(toJson(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" })), []);
}

function leavesBelow(node: Json, path: readonly string[]): readonly Leaf[] {
  if (!isJsonObject(node)) return [];
  const { oneOf, anyOf, properties, additionalProperties } = node;
  const inner = isJsonObject(properties) ? Object.entries(properties) : [];
  if (inner.length > 0) return inner.flatMap(([name, child]) => leavesBelow(child, [...path, name]));
  const variants = [oneOf, anyOf].flatMap(listed);
  const groups = variants.filter((variant) => isJsonObject(variant) && isJsonObject(variant["properties"]));
  if (groups.length > 0) return groups.flatMap((group) => leavesBelow(group, path));
  // What has a name of a person's choice has no key of its own.
  if (isJsonObject(additionalProperties)) return leavesBelow(additionalProperties, [...path, "NAME"]);
  if (path.length === 0) return [];
  const { const: only, enum: several } = node;
  return [{ path: path.join("."), choices: only === undefined ? listed(several) : [only] }];
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value.map(toJson) : [];
}
