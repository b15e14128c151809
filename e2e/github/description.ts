import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "openapi-backend";
import { z } from "zod";
import { isJsonObject, type Json, type JsonObject, toJson } from "../../model/json";

const file = join(__dirname, "..", "node_modules", "@octokit", "openapi", "generated", "api.github.com.json");

/** GitHub's own description of its API, cut down to the operations that are asked for: the whole one takes half a minute to check. */
export function gitHubDescription(operationIds: ReadonlySet<string>): Document {
  const whole = objectOf(toJson(JSON.parse(readFileSync(file, "utf8"))));
  const paths = Object.entries(objectOf(whole["paths"])).map(([path, item]): [string, JsonObject] => [
    path,
    pick(objectOf(item), (operation) => operationIds.has(textOf(operation, "operationId"))),
  ]);
  const used = Object.fromEntries(paths.filter(([, item]) => Object.keys(item).length > 0));
  const components = reached(used, whole);
  return z
    .custom<Document>((value) => isJsonObject(toJson(value)))
    .parse({ openapi: whole["openapi"], info: whole["info"], paths: plainer(used), components });
}

/** The components that a part of the description refers to, and those that they refer to. */
function reached(part: Json, whole: JsonObject): JsonObject {
  const found = new Map<string, Json>();
  const waiting = [...references(plainer(part))];
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    if (found.has(reference)) continue;
    const component = plainer(reference.split("/").slice(1).reduce<Json>(step, whole));
    found.set(reference, component);
    waiting.push(...references(component));
  }
  return [...found].reduce<JsonObject>((components, [reference, component]) => {
    const [, , kind = "", name = ""] = reference.split("/");
    return { ...components, [kind]: { ...objectOf(components[kind] ?? {}), [name]: component } };
  }, {});
}

function step(value: Json, key: string): Json {
  return objectOf(value)[key] ?? null;
}

function references(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => references(item));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "$ref" && typeof item === "string" ? [item] : references(item),
  );
}

/** Without examples, which are most of it, and without `nullable` where the checker knows no type to which it could belong. */
function plainer(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => plainer(item));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "examples" && !key.startsWith("x-"));
  const kept = Object.fromEntries(entries.map(([key, item]) => [key, plainer(item)]));
  if (kept["nullable"] !== true || "type" in kept) return kept;
  return { anyOf: [pick(kept, (_, key) => key !== "nullable"), { enum: [null] }] };
}

function pick(value: JsonObject, keep: (item: Json, key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key, item]) => keep(item, key)));
}

function objectOf(value: Json | undefined): JsonObject {
  if (value === undefined || !isJsonObject(value))
    throw new Error("GitHub's description has another form than expected");
  return value;
}

function textOf(value: Json, key: string): string {
  const text = isJsonObject(value) ? value[key] : undefined;
  return typeof text === "string" ? text : "";
}
