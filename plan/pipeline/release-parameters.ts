import { stepOutputs } from "./build-pod";

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

/** File in the folder of results with the sentence that GitHub then shows beside the commit, of at most 140 characters. */
export const descriptionFile = "description";

/** What every way to release leaves. */
export const releaseOutputs = stepOutputs(descriptionFile);
