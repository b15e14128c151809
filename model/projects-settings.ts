import { z } from "zod";
import { stackName } from "./scalars";

/** The config keys of the `projects` role. */
export const projectsSettings = z.strictObject({
  platform: stackName.describe("name of the platform stack of the same cluster, such as `homelab`"),
  projects: z
    .string()
    .min(1)
    .default("projects")
    .describe("folder of the project files, from the root of the repository"),
});

export type ProjectsSettings = z.infer<typeof projectsSettings>;
