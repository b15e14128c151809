import type { ClusterFiles } from "../inputs/cluster-files";
import { projectsOf } from "../inputs/project-files";
import { projectOptions } from "../inputs/project-options";
import type { StackSettings } from "../inputs/settings";
import type { PlatformOutputs } from "../model/platform-outputs";
import type { Project } from "../model/project";
import { planPlatformOutputs } from "../plan/platform/platform-outputs";
import { planPlatformStack } from "../plan/platform/platform-stack";
import { planProjectsStack } from "../plan/projects/projects-stack";
import type { ClusterPlan, StackPlan } from "../plan/stack-plan";
import { planVaultStack } from "../plan/vault/vault-stack";
import { clusterStacks } from "./cluster-stacks";
import { ProblemList } from "./problem-list";

export interface PlanOptions {
  /** Name of a stack. A platform stack brings the stacks that name it with it. */
  readonly stack: string;
  /** Folder of the project files; absent: the one that the stack's configuration names. */
  readonly projects?: string;
}

/** The plan of a cluster, computed from files alone. Throws one InputError with the problems of all its files. */
export function planCluster(files: ClusterFiles, options: PlanOptions): ClusterPlan {
  const problems = new ProblemList(files.problems);
  const { platform, members: configured } = clusterStacks(files.stackFiles, options.stack, problems);
  const members = configured.map((member) => withFolder(member, options.projects));
  const outputs = platform && planPlatformOutputs(platform.settings);
  // Project files are checked even when the platform has problems: a person mends everything in one go.
  const read = members.map((member) => ({
    member,
    projects: problems.collect(() => projectsOfMember(files, member, outputs)),
  }));
  problems.throwIfAny();
  if (!platform || !outputs) throw new Error("a cluster without a platform stack has no plan");
  const stacks = read.map(({ member, projects }) => planMember(member, projects ?? [], outputs));
  return {
    cluster: platform.stack,
    context: platform.settings.kubernetes.context,
    node: platform.settings.node,
    stacks,
  };
}

/** The folder that is asked for counts as if the configuration named it. */
function withFolder(member: StackSettings, folder: string | undefined): StackSettings {
  if (member.role !== "projects" || folder === undefined) return member;
  return { ...member, settings: { ...member.settings, projects: folder } };
}

function projectsOfMember(
  files: ClusterFiles,
  member: StackSettings,
  outputs: PlatformOutputs | undefined,
): readonly Project[] {
  if (member.role !== "projects") return [];
  const sources = files.projectFiles(member.settings.projects);
  return projectsOf(sources, projectOptions(member.settings, outputs));
}

function planMember(member: StackSettings, projects: readonly Project[], outputs: PlatformOutputs): StackPlan {
  switch (member.role) {
    case "platform":
      return planPlatformStack(member.stack, member.settings, member.secrets);
    case "vault":
      return planVaultStack(member.stack, outputs);
    case "projects":
      return planProjectsStack(member.stack, member.settings, {
        ...{ projects, platform: outputs },
        ...(member.secretParts ? { secretParts: member.secretParts } : {}),
      });
  }
}
