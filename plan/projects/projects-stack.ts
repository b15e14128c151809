import type { PlatformOutputs } from "../../model/platform-outputs";
import type { Project } from "../../model/project";
import type { ProjectsSettings } from "../../model/projects-settings";
import { releaseModesOf } from "../../model/release-modes";
import { type GitOpsArgs, planGitOps } from "../gitops/gitops";
import { planPipeline } from "../pipeline/pipeline";
import { presentReleaseSecrets } from "../pipeline/present-release-secrets";
import type { StackPlan } from "../stack-plan";
import { type AccessArgs, accessWarnings, dispatchWarnings, statusWarnings } from "./github-access";
import { planProject } from "./project";
import { projectCluster, type ProjectCluster } from "./project-cluster";
import { projectsWarnings } from "./projects-warnings";

export interface ProjectsArgs {
  readonly cluster: ProjectCluster;
  readonly gitOps: GitOpsArgs;
}

/** Settings of a projects stack, handed to its components. The offline plan and the stack both start here. */
export function projectsArgs(
  settings: ProjectsSettings,
  platform: PlatformOutputs,
  projects: readonly Project[],
): ProjectsArgs {
  const cluster = projectCluster(platform, settings);
  const { mode, ruleset } = settings.gitOps;
  return { cluster, gitOps: { repository: cluster.gitOps, mode, ruleset, releaseModes: releaseModesOf(projects) } };
}

/** Everything that a projects stack makes. */
export function planProjectsStack(
  stack: string,
  settings: ProjectsSettings,
  given: Pick<AccessArgs, "projects" | "secretParts"> & { readonly platform: PlatformOutputs },
): StackPlan {
  const { cluster, gitOps } = projectsArgs(settings, given.platform, given.projects);
  const repository = planGitOps(gitOps);
  const plans = given.projects.map((project) => planProject(project, cluster));
  const pipeline = planPipeline({
    cluster,
    projects: given.projects,
    presentSecrets: presentReleaseSecrets(given.secretParts),
  });
  return {
    stack,
    role: "projects",
    components: [
      repository,
      { ...pipeline, dependsOn: [...pipeline.dependsOn, repository.name] },
      ...plans.map(({ component, environmentOf }) => ({
        ...component,
        // An environment uses the repositories that its project makes.
        dependsOn: [...component.dependsOn, repository.name, ...(environmentOf ? [environmentOf.project] : [])],
      })),
    ],
    projects: plans,
    warnings: [
      ...emptyWarnings(settings, given.projects),
      ...accessWarnings({ stack, settings, ...given }),
      ...statusWarnings({ stack, settings, ...given }),
      ...dispatchWarnings({ stack, settings, ...given }),
      ...projectsWarnings({ stack, gitOps, projects: plans }),
    ],
    giveUp: settings.giveUp,
  };
}

function emptyWarnings({ projects: folder }: ProjectsSettings, projects: readonly Project[]): readonly string[] {
  if (projects.length > 0) return [];
  return [`${folder.replace(/\/+$/, "")}/ has no project file yet: docs/project-yaml.md has an example`];
}
