import { isJsonObject, type Json, type JsonObject } from "./json";

/**
 * How a generated secret is written: as it is (a private key as PEM), as the bcrypt hash that the provider keeps stable in
 * its state, or for a private key in OpenSSH's form, itself or its public half.
 */
export type SecretForm = "plain" | "bcrypt" | "openssh" | "openssh-public";

/**
 * Stands in a plan for text that holds a secret. A plan never holds the value: the component that registers the plan
 * puts it in, and everything that prints a plan writes `secretMark` instead.
 */
export interface SecretText extends JsonObject {
  readonly $secret: readonly SecretPart[];
}

/** Literal text, or the name of a generated password or of a secret config key. */
export type SecretPart = string | SecretReference;

export interface SecretReference extends JsonObject {
  readonly name: string;
  readonly form: SecretForm;
}

export function secretText(...parts: readonly SecretPart[]): SecretText {
  return { $secret: parts };
}

export function secretOf(name: string, form: SecretForm = "plain"): SecretReference {
  return { name, form };
}

export function isSecretText(value: unknown): value is SecretText {
  return isJsonObject(value) && "$secret" in value;
}

/** What is shown in the place of a secret, such as `<secret argo-cd-admin-password>`. */
export function secretMark(text: SecretText): string {
  const mark = (part: SecretReference) => `<secret ${part.name}${part.form === "plain" ? "" : ` as ${part.form}`}>`;
  return text.$secret.map((part) => (typeof part === "string" ? part : mark(part))).join("");
}

/** The same data with every secret replaced by its mark: safe to print, to write and to compare. */
export function withSecretMarks(value: Json): Json {
  if (isSecretText(value)) return secretMark(value);
  if (Array.isArray(value)) return value.map((item: Json) => withSecretMarks(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSecretMarks(item)]));
}
