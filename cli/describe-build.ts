import { build, release } from "../model/build";
import type { ApplicationPlan, BuildPlan } from "../plan/projects/project-plan";

const usual = { builder: build.parse(undefined).builder, release: release.parse(undefined).mode };

/** What differs from the usual way from a push to a pod: one line, or none. */
export function buildTexts(application: Pick<ApplicationPlan, "build" | "release">): readonly string[] {
  const steps = [imageText(application.build), checksText(application.build)].filter((text) => text !== "").join("; ");
  const parts = [
    ...(steps === "" ? [] : [`build: ${steps}`]),
    ...(application.release === usual.release ? [] : [`release by ${application.release}`]),
  ];
  return parts.length === 0 ? [] : [parts.join("; ")];
}

function imageText({ builder, platforms, paths }: BuildPlan): string {
  return [
    ...(builder === usual.builder ? [] : [builder]),
    ...(platforms.length === 0 ? [] : [`for ${platforms.join(", ")}`]),
    ...(paths.length === 0 ? [] : [`only ${paths.join(", ")}`]),
  ].join(", ");
}

function checksText({ test, scan, sign }: BuildPlan): string {
  return [
    ...(test ? ["test"] : []),
    ...(scan ? [`scan (${scan.mode} ${scan.severity})`] : []),
    ...(sign ? ["signed"] : []),
  ].join(", ");
}
