import * as pulumi from "@pulumi/pulumi";
import { isJsonObject, type Json, type JsonObject } from "../model/json";
import { isSecretText, type SecretReference, type SecretText } from "../model/secret-text";

/** The value of a generated password or of a secret config key, in the form that a plan asks for. */
export type SecretLookup = (reference: SecretReference) => pulumi.Input<string>;

/** Plain data of a plan with each `SecretText` replaced by its value, marked as secret for the engine. */
export function withSecretValues(value: JsonObject, lookup: SecretLookup): pulumi.Inputs {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, lookup)]));
}

function resolve(value: Json, lookup: SecretLookup): pulumi.Input<unknown> {
  if (isSecretText(value)) return secretValue(value, lookup);
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, lookup));
  return isJsonObject(value) ? withSecretValues(value, lookup) : value;
}

/** The text with its secrets put in, itself a secret. */
export function secretValue(text: SecretText, lookup: SecretLookup): pulumi.Output<string> {
  const parts = text.$secret.map((part) => (typeof part === "string" ? part : lookup(part)));
  return pulumi.secret(pulumi.all(parts).apply((values) => values.join("")));
}
