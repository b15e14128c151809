import { parseAllDocuments } from "yaml";
import { isJsonObject, type Json, toJson } from "../model/json";
import { type FieldChange, fieldChanges } from "./field-changes";

/**
 * Where two texts of a file differ: by object and field, such as `Deployment api: spec.replicas`, when both are YAML
 * documents of Kubernetes objects; else the texts as a whole.
 */
export function contentChanges(before: string, after: string): readonly FieldChange[] {
  if (before === after) return [];
  const [old, now] = [namedObjects(before), namedObjects(after)];
  const changes = old && now ? objectChanges(old, now) : [];
  return changes.length > 0 ? changes : [{ path: "content", before, after }];
}

function objectChanges(old: ReadonlyMap<string, Json>, now: ReadonlyMap<string, Json>): readonly FieldChange[] {
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): readonly FieldChange[] => {
    const [before, after] = [old.get(name), now.get(name)];
    if (before === undefined) return after === undefined ? [] : [{ path: name, after }];
    if (after === undefined) return [{ path: name, before }];
    return fieldChanges(before, after).map((change) => ({ ...change, path: `${name}: ${change.path}` }));
  });
}

/** Undefined when it is no YAML, or when two objects, or one without a name, could not be told apart. */
function namedObjects(text: string): ReadonlyMap<string, Json> | undefined {
  const documents = [...parseAllDocuments(text)];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  const objects = documents.map((document) => toJson(document.toJS()));
  const named = new Map(objects.flatMap((object) => [[objectName(object), object] as const]));
  return named.size < objects.length || named.has("") ? undefined : named;
}

/** Such as `Deployment api`; empty for what is no object of Kubernetes. */
function objectName(object: Json): string {
  const kind = isJsonObject(object) ? object["kind"] : undefined;
  const metadata = isJsonObject(object) ? object["metadata"] : undefined;
  const name = isJsonObject(metadata) ? metadata["name"] : undefined;
  return typeof kind === "string" && typeof name === "string" ? `${kind} ${name}` : "";
}
