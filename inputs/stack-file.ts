import { configNamespace } from "../model/config-keys";
import { InputError, type Problem } from "../model/input-error";
import { isJsonObject, type Json, type JsonObject, toJson } from "../model/json";
import type { RawConfig, RawValue } from "./raw-config";
import type { SourceFile } from "./source-files";
import { unknownKey } from "./unknown-key";
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
  const strays = isJsonObject(content) ? strayKeys(document, Object.keys(content)) : [];
  if (strays.length > 0) throw new InputError(strays);
  const config = isJsonObject(content) ? (content["config"] ?? {}) : content;
  if (!isJsonObject(config)) {
    const remedy = "write `config:` with one key a line below it, as `pulumi config set` does";
    throw new InputError([{ file, problem: "has no configuration of a stack", remedy }]);
  }
  const twice = repeatedKeys(document, Object.keys(config));
  if (twice.length > 0) throw new InputError(twice);
  const values = Object.entries(config).map(([key, value]): [string, RawValue] => [fullKey(key), rawValue(value)]);
  return { stack, file, values: new Map(values), places: placesOf(document) };
}

/** What else Pulumi keeps in the file. Source: ProjectStack in pulumi/pulumi, sdk/go/common/workspace/project.go */
const fileKeys = ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/** Pulumi passes over an unknown key without a word, and with it over a `config` that is spelled wrong. */
function strayKeys(document: YamlDocument, keys: readonly string[]): readonly Problem[] {
  const unknown = keys.filter((key) => !fileKeys.includes(key));
  return unknown.map((key) => ({
    file: document.file,
    ...document.locateKey([key]),
    path: key,
    ...unknownKey(key, fileKeys),
  }));
}

/** `domain` and `idp:domain` are one key, of which only one value would count. */
function repeatedKeys(document: YamlDocument, keys: readonly string[]): readonly Problem[] {
  return keys.flatMap((key, index) => {
    const first = keys.slice(0, index).find((other) => fullKey(other) === fullKey(key));
    if (first === undefined) return [];
    const problem = `is the same key as \`${first}\` above`;
    const place = placesOf(document).locateKey([key]);
    return [{ file: document.file, ...place, path: key, problem, remedy: "keep one of the two" }];
  });
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
  return holdsSecret(value)
    ? { value: undefined, secret: true, secretParts: secretParts(value), plainParts: plainParts(value) }
    : { value, secret: false };
}

function secretParts(value: Json): readonly string[] {
  return isJsonObject(value) && !isEncryptedText(value) ? Object.keys(value) : [];
}

/** What a stack file has in plain text of each key, by full key. */
export function plainPartsOf(document: YamlDocument): ReadonlyMap<string, readonly string[]> {
  const content = toJson(document.value ?? {});
  const config = isJsonObject(content) ? content["config"] : undefined;
  const entries = isJsonObject(config) ? Object.entries(config) : [];
  return new Map(entries.map(([key, value]): [string, readonly string[]] => [fullKey(key), plainParts(value)]));
}

/** Paths of the values that are not encrypted. */
function plainParts(value: Json, path: readonly string[] = []): readonly string[] {
  const inner = Array.isArray(value) || isJsonObject(value) ? Object.entries(value) : undefined;
  if (!inner) return [path.join(".")];
  if (isJsonObject(value) && isEncryptedText(value)) return [];
  return inner.flatMap(([key, item]: [string, Json]) => plainParts(item, [...path, key]));
}

/** Pulumi writes an encrypted value as `secure: <text>`, also deep inside an object. */
function holdsSecret(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isJsonObject(value)) return false;
  return isEncryptedText(value) || Object.values(value).some(holdsSecret);
}

function isEncryptedText(value: JsonObject): boolean {
  return typeof value["secure"] === "string";
}
