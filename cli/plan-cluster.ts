import type { ClusterFiles } from "../inputs/cluster-files";
import { projectsOf } from "../inputs/project-files";
import type { RawConfig } from "../inputs/raw-config";
import { checkSettings, type PlatformStack, type StackSettings } from "../inputs/settings";
import { parseStackFile, stackFileName } from "../inputs/stack-file";
import { InputError, type Problem } from "../model/input-error";
import { roleNames } from "../model/roles";
import { planPlatformOutputs } from "../plan/platform/platform-outputs";
import { planPlatformStack } from "../plan/platform/platform-stack";
import { reservedHosts } from "../plan/projects/project-cluster";
import { planProjectsStack } from "../plan/projects/projects-stack";
import type { ClusterPlan, StackPlan } from "../plan/stack-plan";
import { planVaultStack } from "../plan/vault/vault-stack";

export interface PlanOptions {
  /** Name of a stack. A platform stack brings the stacks that name it with it. */
  readonly stack: string;
  /** Folder of the project files; absent: the one that the stack's configuration names. */
  readonly projects?: string;
}

/** The plan of a cluster, computed from files alone. Throws one InputError with the problems of all its files. */
export function planCluster(files: ClusterFiles, options: PlanOptions): ClusterPlan {
  const problems = new ProblemList();
  const raws = files.stackFiles.flatMap((file) => problems.collect(() => [parseStackFile(file)]) ?? []);
  // A file that cannot be read has told its own problem, and is not absent.
  const unread = files.stackFiles.map(({ file }) => file).filter((file) => !raws.some((raw) => raw.file === file));
  if (unread.includes(stackFileName(options.stack))) problems.throwIfAny();
  const named = namedStack(raws, options.stack);
  const platformName = platformOf(named);
  const members = raws
    .filter((raw) => raw === named || (platformName === named.stack && platformOf(raw) === named.stack))
    .flatMap((raw) => problems.collect(() => [checkSettings(raw)]) ?? [])
    .sort((a, b) => roleNames.indexOf(a.role) - roleNames.indexOf(b.role) || (a.stack < b.stack ? -1 : 1));
  const platform = unread.includes(stackFileName(platformName))
    ? undefined
    : problems.collect(() => platformSettings(raws, members, named, platformName));
  const stacks = members.flatMap((member) =>
    platform ? (problems.collect(() => [planMember(files, options, member, platform)]) ?? []) : [],
  );
  problems.throwIfAny();
  if (!platform) throw new Error("a cluster without a platform stack has no plan");
  return { cluster: platform.stack, node: platform.settings.node, stacks: withStrays(stacks, raws) };
}

/** A stack whose platform has no file is in no plan: a typing error that nobody would see otherwise. */
function withStrays(stacks: readonly StackPlan[], raws: readonly RawConfig[]): readonly StackPlan[] {
  const strays = raws.filter((raw) => !raws.some(({ stack }) => stack === platformOf(raw)));
  const warnings = strays
    .filter(({ stack }) => !stacks.some((planned) => planned.stack === stack))
    .map(
      (raw) =>
        `the stack ${raw.stack} is in no plan: it names the platform ${platformOf(raw)}, and there is no ` +
        `${stackFileName(platformOf(raw))}; correct idp:platform in ${raw.file}`,
    );
  return stacks.map((stack, index) => (index === 0 ? { ...stack, warnings: [...stack.warnings, ...warnings] } : stack));
}

/** Gathers the problems of several inputs, so that a person sees all of them at once. */
class ProblemList {
  readonly #problems: Problem[] = [];

  collect<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#problems.push(...error.problems);
      return undefined;
    }
  }

  throwIfAny(): void {
    if (this.#problems.length > 0) throw new InputError(this.#problems);
  }
}

function namedStack(raws: readonly RawConfig[], stack: string): RawConfig {
  const found = raws.find((raw) => raw.stack === stack);
  if (found) return found;
  const known = raws.map((raw) => raw.stack).join(", ");
  const remedy = known === "" ? "make one with `pulumi stack init`" : `use one of ${known}`;
  throw new InputError([{ file: stackFileName(stack), problem: "does not exist", remedy }]);
}

/** The platform stack that a stack belongs to: itself, or the one that it names. */
function platformOf(raw: RawConfig): string {
  const platform = raw.values.get("idp:platform")?.value;
  return typeof platform === "string" && platform !== "" ? platform : raw.stack;
}

function platformSettings(
  raws: readonly RawConfig[],
  members: readonly StackSettings[],
  named: RawConfig,
  platformName: string,
): PlatformStack | undefined {
  if (platformName === named.stack) return members.find((member) => member.role === "platform");
  const raw = raws.find(({ stack }) => stack === platformName);
  const settings = raw === undefined ? undefined : checkSettings(raw);
  if (settings?.role === "platform") return settings;
  const problem = settings
    ? `${platformName} is a stack of the role ${settings.role}`
    : `there is no ${stackFileName(platformName)}`;
  const remedy = "name the platform stack of the cluster";
  throw new InputError([
    { file: named.file, ...named.places?.locate(["idp:platform"]), path: "idp:platform", problem, remedy },
  ]);
}

function planMember(
  files: ClusterFiles,
  options: PlanOptions,
  member: StackSettings,
  platform: PlatformStack,
): StackPlan {
  const outputs = planPlatformOutputs(platform.settings);
  switch (member.role) {
    case "platform":
      return planPlatformStack(member.stack, member.settings, member.secrets);
    case "vault":
      return planVaultStack(member.stack, member.settings, outputs);
    case "projects": {
      const sources = files.projectFiles(options.projects ?? member.settings.projects);
      const projects = projectsOf(sources, { reservedHosts: reservedHosts(outputs) });
      return planProjectsStack(member.stack, projects, outputs);
    }
  }
}
