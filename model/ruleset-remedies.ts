import { setCommand } from "./config-commands";

/**
 * How a person leaves a ruleset out where GitHub's plan of the owner has none, which is so for private repositories on
 * the free plan. Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets
 */
export const withoutRuleset = {
  project: "`repository.ruleset: false` in the project's file",
  gitOps: (stack: string) => setCommand({ stack, key: "idp:gitOps.ruleset", value: "false" }),
} as const;
