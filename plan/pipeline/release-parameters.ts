import { imageName } from "../../model/delivery-names";
import type { ProjectCluster } from "../projects/project-cluster";
import { folders, stepOutputs } from "./build-pod";

/**
 * What a report says. The Sensor has checked the form of each and that the report is signed with the key of the application's
 * own repository; `repository`, `mode` and `pinned` it adds itself, from the project's file.
 */
export const releaseParameters = [
  "project",
  "application",
  "commit",
  "state",
  "digest",
  "pushed",
  "workflow",
  "repository",
  "mode",
  "pinned",
] as const;

export type ReleaseParameter = (typeof releaseParameters)[number];

/** The value of a parameter in a field of a template. The controller puts it in as text, whatever is in it. */
export function releaseParameter(name: ReleaseParameter): string {
  return `{{workflow.parameters.${name}}}`;
}

/** An expression on parameters. They are variables of it, and never part of its text. */
export function expression(text: string): string {
  return `{{=${text}}}`;
}

/**
 * What every program that releases is told of the release, as variables of its environment. The host of the image is a
 * constant: no report can name another registry.
 */
export function releaseVariables({ registryHost }: Pick<ProjectCluster, "registryHost">) {
  const [project, application] = [releaseParameter("project"), releaseParameter("application")];
  return {
    PROJECT: project,
    APPLICATION: application,
    IMAGE: imageName(registryHost, project, application),
    DIGEST: releaseParameter("digest"),
    COMMIT: releaseParameter("commit"),
    PUSHED: releaseParameter("pushed"),
    PINNED: releaseParameter("pinned"),
    RESULTS: folders.results,
  } as const;
}

/** File in the folder of results with the sentence that GitHub then shows beside the commit, of at most 140 characters. */
export const descriptionFile = "description";

/** What the template of every release mode leaves. */
export const releaseOutputs = stepOutputs(descriptionFile);
