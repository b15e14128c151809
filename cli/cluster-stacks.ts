import { basename } from "node:path";
import { nearest } from "../inputs/nearest";
import type { RawConfig } from "../inputs/raw-config";
import { checkSettings, type PlatformStack, type StackSettings } from "../inputs/settings";
import type { SourceFile } from "../inputs/source-files";
import { parseStackFile, stackFileName, stackOfFile } from "../inputs/stack-file";
import type { Problem } from "../model/input-error";
import { roleNames } from "../model/roles";
import type { ProblemList } from "./problem-list";

/** The stacks that are planned together. */
export interface ClusterStacks {
  /** Absent when it has problems; those are in the list. */
  readonly platform: PlatformStack | undefined;
  /** Those without problems, the platform first. */
  readonly members: readonly StackSettings[];
}

/**
 * A platform stack with the stacks that name it, or the one stack that is asked for. A stack of another role that names no
 * platform, or one that is not there, is a problem: it would be in no plan, and nobody would see why.
 */
export function clusterStacks(files: readonly SourceFile[], stack: string, problems: ProblemList): ClusterStacks {
  const names = files.map(({ file }) => file);
  if (!names.includes(stackFileName(stack))) problems.add(absentStack(stack, names));
  const raws = files.flatMap((file) => problems.collect(() => [parseStackFile(file)]) ?? []);
  const platformName = platformOf(raws.find((raw) => raw.stack === stack)) ?? stack;
  const asked = raws.filter((raw) => raw.stack === stack || (platformName === stack && mayBelong(raw, stack, names)));
  problems.add(...asked.flatMap((raw) => unknownPlatform(raw, names)));
  const members = asked.flatMap((raw) => problems.collect(() => [checkSettings(raw)]) ?? []).sort(byRole);
  const platform =
    platformName === stack
      ? members.find((member) => member.role === "platform")
      : otherPlatform(raws, platformName, problems);
  return { platform, members };
}

function absentStack(stack: string, names: readonly string[]): Problem {
  const meant = names.includes(basename(stack)) ? stackOfFile(basename(stack)) : undefined;
  if (meant !== undefined) {
    return { file: stack, problem: "is the file of a stack", remedy: `name the stack itself: \`--stack ${meant}\`` };
  }
  const known = names.flatMap((name) => stackOfFile(name) ?? []).join(", ");
  const remedy = known === "" ? "make one with `pulumi stack init`" : `use one of ${known}`;
  return { file: stackFileName(stack), problem: "does not exist", remedy };
}

/** The platform stack that a stack names; undefined for a platform stack itself. */
function platformOf(raw: RawConfig | undefined): string | undefined {
  const platform = raw?.values.get(platformKey)?.value;
  return typeof platform === "string" && platform !== "" ? platform : undefined;
}

const platformKey = "idp:platform";

function isDependent(raw: RawConfig): boolean {
  const role = raw.values.get("idp:role")?.value;
  return roleNames.some((name) => name === role && name !== "platform");
}

function mayBelong(raw: RawConfig, stack: string, names: readonly string[]): boolean {
  const platform = platformOf(raw);
  return isDependent(raw) && (platform === undefined || platform === stack || !names.includes(stackFileName(platform)));
}

function unknownPlatform(raw: RawConfig, names: readonly string[]): readonly Problem[] {
  const platform = platformOf(raw);
  if (platform === undefined || !isDependent(raw) || names.includes(stackFileName(platform))) return [];
  const meant = nearest(stackFileName(platform), names);
  const remedy = meant ? `did you mean the stack of ${meant}?` : "name the platform stack of the cluster";
  const problem = `there is no ${stackFileName(platform)}`;
  return [{ file: raw.file, ...raw.places?.locate([platformKey]), path: platformKey, problem, remedy }];
}

function byRole(a: StackSettings, b: StackSettings): number {
  return roleNames.indexOf(a.role) - roleNames.indexOf(b.role) || (a.stack < b.stack ? -1 : 1);
}

/** The platform of a stack that was asked for by itself. */
function otherPlatform(raws: readonly RawConfig[], name: string, problems: ProblemList): PlatformStack | undefined {
  const raw = raws.find(({ stack }) => stack === name);
  const settings = raw === undefined ? undefined : problems.collect(() => checkSettings(raw));
  if (settings === undefined || settings.role === "platform") return settings;
  const problem = `has the role ${settings.role}, and other stacks name it as their platform`;
  problems.add({
    file: stackFileName(name),
    path: "idp:role",
    problem,
    remedy: "name the platform stack of the cluster",
  });
  return undefined;
}
