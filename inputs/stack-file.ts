import { InputError } from "../model/input-error";
import { configNamespace } from "../model/config-keys";
import { isJsonObject, type Json, toJson } from "../model/json";
import type { RawConfig, RawValue } from "./raw-config";
import type { SourceFile } from "./source-files";
import { parseYaml, type YamlDocument } from "./yaml-document";

const fileName = /^Pulumi\.(.+)\.yaml$/;

/** The stack whose configuration a file holds; undefined when it is another file. */
export function stackOfFile(file: string): string | undefined {
  return fileName.exec(file)?.[1];
}

/** The file that holds the configuration of a stack. */
export function stackFileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** Reads `Pulumi.<stack>.yaml` without Pulumi. Throws an InputError when it is no configuration of a stack. */
export function parseStackFile(source: SourceFile): RawConfig {
  const { file } = source;
  const stack = stackOfFile(file) ?? file;
  const { document, problems } = parseYaml(file, source.bytes);
  if (!document) throw new InputError(problems);
  const content = toJson(document.value ?? {});
  const config = isJsonObject(content) ? (content["config"] ?? {}) : content;
  if (!isJsonObject(config)) {
    const remedy = "write `config:` with one key a line below it, as `pulumi config set` does";
    throw new InputError([{ file, problem: "has no configuration of a stack", remedy }]);
  }
  const values = Object.entries(config).map(([key, value]): [string, RawValue] => [fullKey(key), rawValue(value)]);
  return { stack, file, values: new Map(values), places: placesOf(document) };
}

/** Places of config keys in a stack's file. */
export function placesOf(document: YamlDocument): Pick<YamlDocument, "locate" | "locateKey"> {
  return {
    locate: (path) => document.locate(["config", ...path]),
    locateKey: (path) => document.locateKey(["config", ...path]),
  };
}

/** Pulumi reads a key without namespace as one of the project's. */
function fullKey(key: string): string {
  return key.includes(":") ? key : `${configNamespace}:${key}`;
}

function rawValue(value: Json): RawValue {
  return holdsSecret(value) ? { value: undefined, secret: true } : { value, secret: false };
}

/** Pulumi writes an encrypted value as `secure: <text>`, also deep inside an object. */
function holdsSecret(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isJsonObject(value)) return false;
  return typeof value["secure"] === "string" || Object.values(value).some(holdsSecret);
}
