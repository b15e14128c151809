import { type Json, jsonAt, toJsonObject } from "../model/json";
import { vaultAccounts } from "../model/vault-names";
import type { PlannedResource } from "./planned-resource";

/** The Job runs again and finds Vault initialised: the keys that it once gave out stay as they are. */
export function keyCountWarnings(before: PlannedResource, after: PlannedResource): readonly string[] {
  if (keyCount(before) === keyCount(after)) return [];
  return ["the number of keys counts only when Vault is initialised: one that is keeps its keys"];
}

/** As the Job gets it; empty for everything else. */
function keyCount(resource: PlannedResource): string {
  if (resource.kind !== "manifest" || resource.manifest.kind !== "Job" || resource.name !== vaultAccounts.init) {
    return "";
  }
  const given = jsonAt(toJsonObject(resource.manifest), "spec", "template", "spec", "containers", 0, "env");
  const variables: readonly Json[] = Array.isArray(given) ? given : [];
  const counts = variables.filter((one) => ["SHARES", "THRESHOLD"].some((name) => jsonAt(one, "name") === name));
  return JSON.stringify(counts);
}
