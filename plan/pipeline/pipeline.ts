import type { Problem } from "../../model/input-error";
import { pipelineComponentName } from "../../model/pipeline-names";
import type { Project } from "../../model/project";
import { webhookRoot } from "../../model/repository-names";
import { componentPlan } from "../component-plan";
import type { ComponentPlan } from "../planned-resource";
import type { ProjectCluster } from "../projects/project-cluster";
import { planAdmission } from "./admission";
import { planBuildTemplates } from "./build-templates";
import type { PipelinePart } from "./pipeline-part";
import { planPushEvents } from "./push-events";
import { planReleases } from "./releases";
import { planSweepTemplate } from "./sweep-template";
import type { PresentReleaseSecrets } from "./present-release-secrets";

export interface PipelineArgs {
  readonly cluster: ProjectCluster;
  /** Those of every file, sorted by name. */
  readonly projects: readonly Project[];
  /** Which secrets of releases are set; absent: none. */
  readonly presentSecrets?: PresentReleaseSecrets;
}

export interface PipelinePlan extends ComponentPlan {
  /** Why none of it can be made, though a person may look at it; empty: all of it can. */
  readonly problems: readonly Problem[];
}

/** What leads from a push to a release and is there once, whatever the number of projects. */
export function planPipeline(args: PipelineArgs): PipelinePlan {
  const parts: readonly PipelinePart[] = [
    planPushEvents(args),
    planBuildTemplates(args),
    planReleases(args),
    planSweepTemplate(args),
    planAdmission(args),
  ];
  const component = componentPlan({
    type: "idp:projects:Pipeline",
    name: pipelineComponentName,
    about: [webhooksText(args.cluster), sweepsText(args.cluster)].join(", "),
    resources: parts.flatMap(({ resources }) => resources),
    workloads: parts.flatMap(({ workloads = [] }) => workloads),
    warnings: parts.flatMap(({ warnings }) => warnings),
  });
  return { ...component, problems: parts.flatMap(({ problems = [] }) => problems) };
}

function webhooksText({ webhookHost }: ProjectCluster): string {
  return webhookHost === "" ? "no webhooks" : `webhooks below https://${webhookHost}${webhookRoot}`;
}

function sweepsText({ sweepMinutes }: ProjectCluster): string {
  return sweepMinutes === 0
    ? "does not look for commits never built"
    : `looks every ${sweepMinutes} minutes for commits never built`;
}
