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
  const webhooks = projects.flatMap(({ repositories }) => repositories.map(({ webhook }) => webhook));
  if (webhooks.length === 0) return [];
  return [webhooks.includes(null) ? unannounced : unanswered];
}

const unannounced =
  "GitHub announces no push, since the cluster has no public host for webhooks; " +
  "set `idp:webhookHost` in the platform stack";

const unanswered =
  "nothing answers at the webhooks' addresses until builds are there; GitHub shows each delivery as failed until then";
