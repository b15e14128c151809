import type { Build } from "../../../model/build";
import { isJsonObject, type Json } from "../../../model/json";
import { sorted } from "../../../model/sorted";
import { seemsSecretArgument } from "../plain-secrets";

/** The parameter of a step that holds the lines. */
const parameterName = "arguments";

/** A line each, the value in base64: it may hold line breaks, quotes, and what Argo would take for a variable. */
export function argumentLines(args: Build["args"]): string {
  return sorted(Object.entries(args), ([name]) => name)
    .map(([name, value]) => `${name} ${Buffer.from(value, "utf8").toString("base64")}`)
    .join("\n");
}

/** A template of builds in which build arguments stand by name, so that people can read what differs. */
export function withReadableArguments(value: Json): Json {
  // `Array.isArray` does not narrow read-only lists.
  if (Array.isArray(value)) return value.map((item: Json) => withReadableArguments(item));
  if (!isJsonObject(value)) return value;
  const { name, value: lines } = value;
  if (name === parameterName && typeof lines === "string") return { name, value: readable(lines) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReadableArguments(item)]));
}

/** What looks like a secret stays as it is: a difference is often shown where more people see it. */
function readable(lines: string): Json {
  const entries = lines.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    entries.map((line) => {
      const [name = "", encoded = ""] = line.split(" ");
      const text = Buffer.from(encoded, "base64").toString("utf8");
      return [name, seemsSecretArgument(name, text) ? encoded : text];
    }),
  );
}
