/** Rulesets of private repositories that are about to be made. */
export interface PrivateRulesets {
  /** Such as `myorg/my-api`. */
  readonly repositories: readonly string[];
  /** Where they are: a GitHub server of one's own has rulesets for every repository. */
  readonly gitHost: string;
  /** What to do on the free plan. */
  readonly remedy: string;
}

/** Nobody but GitHub knows the owner's plan, and it says so only by refusing, in the middle of the first `up`. */
export function privateRulesetWarnings({ repositories, gitHost, remedy }: PrivateRulesets): readonly string[] {
  if (repositories.length === 0 || gitHost !== "github.com") return [];
  return [
    "GitHub's free plan has no rulesets for private repositories: " +
      `\`up\` would stop at that of ${repositories.join(", ")}; on that plan, first ${remedy}`,
  ];
}
