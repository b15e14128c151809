import { isJsonObject, type Json } from "../model/json";

/** One place of an object that is not what it was. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers.0.image`. */
  readonly path: string;
  /** Absent when the field is new. */
  readonly before?: Json;
  /** Absent when the field is gone. */
  readonly after?: Json;
}

/**
 * Where two values differ, as deep as both have the same structure; lists of plain values are compared as a whole. Where an
 * item of a list comes or goes, the path has names in the place of numbers, and the other items are compared with themselves.
 */
export function fieldChanges(before: Json, after: Json): readonly FieldChange[] {
  return changesAt([], before, after);
}

function changesAt(path: readonly string[], before: Json | undefined, after: Json | undefined): readonly FieldChange[] {
  if (before === undefined || after === undefined) return before === after ? [] : [leaf(path, before, after)];
  const [old, now] = bothByName(before, after) ?? [children(before), children(after)];
  if (old && now && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...old.keys(), ...now.keys()])];
    const ordered = Array.isArray(after) ? keys : keys.sort();
    return ordered.flatMap((key) => changesAt([...path, key], old.get(key), now.get(key)));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [leaf(path, before, after)];
}

function leaf(path: readonly string[], before: Json | undefined, after: Json | undefined): FieldChange {
  return {
    path: path.join("."),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

type Items = ReadonlyMap<string, Json>;

/** Items by key or index; undefined for what is compared as a whole. */
function children(value: Json): Items | undefined {
  if (isList(value)) {
    const structured = value.some((item) => isList(item) || isJsonObject(item));
    return structured ? new Map(value.map((item, index) => [String(index), item])) : undefined;
  }
  return isJsonObject(value) ? new Map(Object.entries(value)) : undefined;
}

/** Of two lists of another length whose items can be told apart. */
function bothByName(before: Json, after: Json): readonly [Items, Items] | undefined {
  if (!isList(before) || !isList(after) || before.length === after.length) return undefined;
  const [old, now] = [byName(before), byName(after)];
  return old && now && old.size > 0 && now.size > 0 ? [old, now] : undefined;
}

function byName(list: readonly Json[]): Items | undefined {
  const items = list.flatMap((item) => {
    const name = isJsonObject(item) ? (item["name"] ?? item["secretKey"]) : undefined;
    return typeof name === "string" ? [[name, item] as const] : [];
  });
  const named = new Map(items);
  return named.size === list.length ? named : undefined;
}

// `Array.isArray` does not narrow read-only lists.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
