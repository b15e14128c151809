import { isJsonObject, type Json, toJson } from "../../model/json";
import { runExampleStacks } from "./example-stacks";
import type { Registration } from "./mock-engine";

/** A committed list of what a stack of the example registers. */
export interface GoldenFile {
  readonly path: string;
  readonly content: string;
}

/** The golden files as they should be. */
export async function goldenFiles(): Promise<readonly GoldenFile[]> {
  const examples = await runExampleStacks();
  return examples.map(({ plan, registered }) => ({
    path: `tests/golden/${plan.stack}.json`,
    content: `${JSON.stringify(registered.map(goldenEntry), undefined, 2)}\n`,
  }));
}

/** Secrets are left out by name, so that a reviewer sees where one is and never what it is. */
function goldenEntry(registration: Registration): Json {
  const { type, name, protect, retainOnDelete } = registration;
  return {
    type,
    name,
    provider: registration.provider.split("::").at(-2) ?? "",
    ...(protect ? { protect } : {}),
    ...(retainOnDelete ? { retainOnDelete } : {}),
    inputs: withoutCanaries(toJson(registration.inputs)),
  };
}

function withoutCanaries(value: Json): Json {
  if (typeof value === "string") return value.includes("canary-") ? "[secret]" : value;
  if (Array.isArray(value)) return value.map(withoutCanaries);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutCanaries(item)]));
}
