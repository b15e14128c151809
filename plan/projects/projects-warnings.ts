import { withoutRuleset } from "../../model/ruleset-remedies";
import type { GitOpsArgs } from "../gitops/gitops";
import { privateRulesetWarnings } from "../private-rulesets";
import { gitHost } from "./project-cluster";
import type { ProjectPlan } from "./project-plan";

export interface ProjectsWarningsArgs {
  /** Name of the projects stack. */
  readonly stack: string;
  readonly gitOps: GitOpsArgs;
  readonly projects: readonly ProjectPlan[];
}

/** What a person should know about a projects stack as a whole. */
export function projectsWarnings({ stack, gitOps, projects }: ProjectsWarningsArgs): readonly string[] {
  return [...refusedRuleset(stack, gitOps), ...webhookWarnings(projects)];
}

/** Where the GitOps repository is made, it is made private. */
function refusedRuleset(stack: string, { repository, mode, ruleset }: GitOpsArgs): readonly string[] {
  const isPrivate = mode === "create" && ruleset;
  return privateRulesetWarnings({
    repositories: isPrivate ? [`${repository.owner}/${repository.repository}`] : [],
    gitHost: gitHost(repository),
    remedy: `run ${withoutRuleset.gitOps(stack)}`,
  });
}

/** Either every repository has a webhook, or none has. */
function webhookWarnings(projects: readonly ProjectPlan[]): readonly string[] {
  const isSilent = projects.some(({ repositories }) => repositories.some(({ webhook }) => webhook === null));
  return isSilent ? [unannounced] : [];
}

const unannounced =
  "GitHub announces no push, since the cluster has no public host for webhooks; " +
  "set `idp:webhookHost` in the platform stack";
