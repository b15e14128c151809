import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { isJsonObject, type Json, toJson } from "../../model/json";
import type { KubernetesManifest } from "../../plan/planned-resource";

/** JSON Schemas of the objects of Argo Events and Argo Workflows (`IDP_SCHEMAS`), as both projects publish them. */
const folder = process.env["IDP_SCHEMAS"] ?? join(__dirname, "..", "..", "..", "shared", "data", "schemas");

/** What the kinds of a schema start with in it; the first is for Argo Events, the second for Argo Workflows. */
const files = { "argo-events.json": "io.argoproj.events", "argo-workflows.json": "io.argoproj.workflow" } as const;

/**
 * The one known difference: the schema of Argo Workflows has a text where Kubernetes takes a number too, such as for a port
 * or the limit of a retry. Source: kubernetes apimachinery pkg/util/intstr
 */
const numberOrText = { "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["integer", "string"] } } as const;

/** Why no object can be held against a schema; empty when it can. */
export function schemaObstacles(): readonly string[] {
  const missing = Object.keys(files).filter((file) => !existsSync(join(folder, file)));
  return missing.length === 0
    ? []
    : [`the schemas ${missing.join(", ")} are not in ${folder}; name their folder by IDP_SCHEMAS`];
}

/** Kinds of Argo Events and Argo Workflows, and what their schemas say of an object. */
export class ArgoSchemas {
  readonly #checks = new Map<string, (object: Json) => readonly string[]>();

  constructor() {
    for (const [file, start] of Object.entries(files)) this.#read(file, `${start}.v1alpha1`);
  }

  /** Whether there is a schema for a kind: Argo CD shares the group and has none. */
  knows({ apiVersion, kind }: KubernetesManifest): boolean {
    return apiVersion === "argoproj.io/v1alpha1" && this.#checks.has(kind);
  }

  problems(object: object, kind: string): readonly string[] {
    const check = this.#checks.get(kind);
    return check ? check(toJson(object)) : [`there is no schema for ${kind}`];
  }

  #read(file: string, start: string): void {
    const whole = toJson(JSON.parse(readFileSync(join(folder, file), "utf8")));
    const definitions = isJsonObject(whole) ? (whole["definitions"] ?? null) : null;
    if (!isJsonObject(whole) || !isJsonObject(definitions)) throw new Error(`${file} has no definitions`);
    // Formats say nothing that the types do not: `int32`, `byte`.
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const schema = { definitions: closed({ ...definitions, ...numberOrText }) };
    ajv.addSchema(schema, file);
    for (const kind of kindsOf(whole["oneOf"] ?? null, start)) {
      const validate = ajv.compile({ $ref: `${file}#/definitions/${start}.${kind}` });
      this.#checks.set(kind, (object) =>
        validate(object)
          ? []
          : (validate.errors ?? []).map(({ instancePath, message, params }) =>
              [instancePath, message, JSON.stringify(params)].join(" "),
            ),
      );
    }
  }
}

function kindsOf(choices: Json, start: string): readonly string[] {
  const references = Array.isArray(choices)
    ? choices.map((choice) => (isJsonObject(choice) ? choice["$ref"] : ""))
    : [];
  return references.map(String).flatMap((reference) => reference.split(`#/definitions/${start}.`)[1] ?? []);
}

/** The schemas say of no object that it has no other fields, and a misspelt one would pass. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isJsonObject(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isClosed = isJsonObject(schema["properties"] ?? null) && !("additionalProperties" in schema);
  return isClosed && schema["type"] === "object" ? { ...inner, additionalProperties: false } : inner;
}
