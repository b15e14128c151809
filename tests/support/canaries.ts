import { isJsonObject, type Json, type JsonObject } from "../../model/json";
import { isSecretText, type SecretText } from "../../model/secret-text";
import { mockedPassword } from "./mock-engine";

/** The plan's data with the values that the mock engine gives its secrets. */
export function withCanaries(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canaries(item)]));
}

function canaries(value: Json): Json {
  if (isSecretText(value)) return canaryText(value);
  if (Array.isArray(value)) return value.map(canaries);
  return isJsonObject(value) ? withCanaries(value) : value;
}

export function canaryText({ $secret }: SecretText): string {
  return $secret
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.name.endsWith("certificate")) return `certificate-${part.name}`;
      if (part.form === "openssh-public") return `ssh-ed25519 ${part.name}`;
      if (part.form === "openssh") return `openssh-${mockedPassword(part.name)}`;
      return part.form === "bcrypt" ? `bcrypt-${mockedPassword(part.name)}` : mockedPassword(part.name);
    })
    .join("");
}
