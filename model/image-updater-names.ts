import { labelLength, within } from "./name-limits";

/** Service account, Deployment and role of Argo CD Image Updater, in Argo CD's namespace. */
export const imageUpdaterAccountName = "argocd-image-updater";

/** What a project gives the updater: the Secret with the registry's account, and the right to read it. */
export function imageUpdaterAccessName(project: string): string {
  return within(labelLength, `${project}-image-updater`);
}

/** Key of the registry's account in that Secret, as `user:password`. */
export const imageUpdaterCredentialsKey = "credentials";
