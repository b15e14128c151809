import type { IParameter } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Parameter";

/** The commit that is built, and how it is read. */
const source = ["repository", "repository-key", "branch", "commit"] as const;

/** What the main container takes, and after how many seconds its pod is stopped. */
const amounts = ["cpu", "cpu-limit", "memory", "memory-limit", "disk", "disk-limit", "seconds"] as const;

const image = [
  ...source,
  ...amounts,
  "builder",
  "context",
  "dockerfile",
  "target",
  "arguments",
  "source",
  "platforms",
  "image",
  "tag",
  "moving-tag",
  "cache",
] as const;

/**
 * The templates that every build is made of, and what each is told. All but the commit and when it was pushed are constants
 * of an application's own template, which only this program writes.
 */
export const buildInputs = {
  check: [...source, "pushed", "paths"],
  report: ["endpoint", "repository-key", "application", "commit", "state", "digest", "pushed"],
  test: [...source, ...amounts, "image", "command"],
  buildkit: [...image, "secrets", "secrets-optional"],
  kaniko: image,
  scan: ["image", "digest", "mode", "severities", "platforms"],
  sign: ["image", "digest", "key", "role"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Name of one of those templates. */
export type BuildTemplate = keyof typeof buildInputs;

/** A value for each input of a template. */
export type BuildArguments<T extends BuildTemplate> = Readonly<Record<(typeof buildInputs)[T][number], string>>;

/** An input where a template uses it. Argo puts the value in as text of a field, and no program's text has one. */
export function input(name: string): string {
  return `{{inputs.parameters.${name}}}`;
}

/** The inputs as a template declares them: none has a default, so a forgotten one stops the build before it starts. */
export function inputsOf(template: BuildTemplate): { readonly parameters: IParameter[] } {
  return { parameters: buildInputs[template].map((name) => ({ name })) };
}
