import type { projectsSecretTexts } from "./projects-settings";

/** Secret in the namespace of releases with the token that starts workflows of the GitOps repository. */
export const dispatchTokenSecretName = "github-dispatch";

/** That token as plans and the configuration name it. */
export const dispatchTokenSecret: keyof typeof projectsSecretTexts = "githubDispatchToken";
