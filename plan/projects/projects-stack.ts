import type { PlatformOutputs } from "../../model/platform-outputs";
import type { Project } from "../../model/project";
import type { StackPlan } from "../stack-plan";
import { planProject } from "./project";
import { projectCluster } from "./project-cluster";

/** Everything that a projects stack makes. */
export function planProjectsStack(stack: string, projects: readonly Project[], platform: PlatformOutputs): StackPlan {
  const cluster = projectCluster(platform);
  const plans = projects.map((project) => planProject(project, cluster));
  return {
    stack,
    role: "projects",
    components: plans.map(({ component }) => component),
    projects: plans,
    warnings: [],
  };
}
