import { platformSettings, type PlatformSettings } from "../../model/platform-settings";
import type { ClusterFacts } from "../../plan/cluster-facts";

/** Settings of a small cluster; `changes` are config values as a person would write them. */
export function someSettings(changes: object = {}): PlatformSettings {
  return platformSettings.parse({ domain: "lab.example", ...changes });
}

/** What the components of that cluster share. */
export function someFacts(changes: object = {}): ClusterFacts {
  return someSettings(changes);
}
