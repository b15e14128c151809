import { join } from "node:path";

/** Environment of an engine whose state is a folder of the run, so that it touches nobody's. */
export function localEngine(directory: string): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for one run",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** Names of stacks on a backend of one's own have this organization. */
export function fullStackName(name: string): string {
  return `organization/idp/${name}`;
}
