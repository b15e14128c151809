import type { ProjectsSecretKey, projectsSecretTexts } from "./projects-settings";
import { ownerName } from "./repository-names";

/** Secret in the namespace of releases with the token of each owner that writes commit statuses, by the owner's name in lower case. */
export const statusTokensSecretName = "github-status";

/** Secret in the namespace of releases with the address of the chat's webhook, under `chatKey`. */
export const chatSecretName = "chat";

/** Key of that address in the Secret. */
export const chatKey = "webhook";

/** Lock that a report holds from its start to its end, so that releases and statuses come in the order of their reports. */
export const releaseLock = "releases";

/**
 * Priority of the Workflows of reports, where a build has none (0). The controller counts both against the same limit, and
 * looks at the Workflow itself, not at its template: whoever makes the Workflow sets it. Source: argo-workflows
 * workflow/controller/controller.go, getWfPriority
 */
export const releasePriority = 100;

const statusTokens: ProjectsSecretKey = "githubStatusTokens";

/** The chat's webhook as plans name it. */
export const chatWebhookSecret: keyof typeof projectsSecretTexts = "chatWebhook";

/** One owner's token for commit statuses, as plans name it. */
export function statusTokenSecret(owner: string): string {
  return `${statusTokens}.${ownerName(owner)}`;
}
