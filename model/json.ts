/** Plain data: what a plan is made of, and what survives `JSON.stringify` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is at a path such as `jsonAt(pod, "status", "phase")`; undefined where there is nothing. */
export function jsonAt(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((reached, key) => {
    if (typeof reached !== "object" || reached === null) return undefined;
    return Object.entries(reached).find(([name]: [string, Json]) => name === String(key))?.[1];
  }, value);
}

/** Typed data (a model of a custom resource, say) as plain data. Absent fields are left out. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object") return toJsonObject(value);
  throw new Error(`not plain data: ${typeof value}`);
}

export function toJsonObject(value: object): JsonObject {
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, toJson(item)]));
}
