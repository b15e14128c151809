import { dispatchTokenSecret } from "../../model/dispatch-names";
import type { ProjectsSecretKey } from "../../model/projects-settings";
import { chatWebhookSecret } from "../../model/report-names";
import { ownerName } from "../../model/repository-names";

/** Which secrets of releases are set, and never what they are. */
export interface PresentReleaseSecrets {
  /** Owners on GitHub with a token for commit statuses, in lower case. */
  readonly statusOwners: readonly string[];
  /** Whether there is a webhook of a chat. */
  readonly chat: boolean;
  /** Whether there is a token that starts workflows of the GitOps repository; absent: there is none. */
  readonly dispatch?: boolean;
}

/** From the names of the secret keys that are set and the owners in them; where nobody knows, there are none. */
export function presentReleaseSecrets(
  secretParts: ReadonlyMap<string, readonly string[]> = new Map(),
): PresentReleaseSecrets {
  const tokens: ProjectsSecretKey = "githubStatusTokens";
  const owners = (secretParts.get(tokens) ?? []).map(ownerName);
  return {
    statusOwners: [...new Set(owners)].sort(),
    chat: secretParts.has(chatWebhookSecret),
    ...(secretParts.has(dispatchTokenSecret) ? { dispatch: true } : {}),
  };
}
