import { pipelineComponentName } from "../../model/pipeline-names";
import type { Project } from "../../model/project";
import { webhookRoot } from "../../model/repository-names";
import { componentPlan } from "../component-plan";
import type { ComponentPlan } from "../planned-resource";
import type { ProjectCluster } from "../projects/project-cluster";
import { planAdmission } from "./admission";
import { planBuildTemplates } from "./build-templates";
import { planPushEvents } from "./push-events";
import { planReleases } from "./releases";
import { planSweepTemplate } from "./sweep-template";
import type { Reports } from "./reports";

export interface PipelineArgs {
  readonly cluster: ProjectCluster;
  /** Those of every file, sorted by name. */
  readonly projects: readonly Project[];
  /** Who can be told of builds; absent: nobody. */
  readonly reports?: Reports;
}

/** What leads from a push to a release and is there once, whatever the number of projects. */
export function planPipeline(args: PipelineArgs): ComponentPlan {
  const parts = [
    planPushEvents(args),
    planBuildTemplates(args),
    planReleases(args),
    planSweepTemplate(args),
    planAdmission(args),
  ];
  return componentPlan({
    type: "idp:projects:Pipeline",
    name: pipelineComponentName,
    about: [webhooksText(args.cluster), sweepsText(args.cluster)].join(", "),
    resources: parts.flatMap(({ resources }) => resources),
    workloads: parts.flatMap(({ workloads = [] }) => workloads),
    warnings: parts.flatMap(({ warnings }) => warnings),
  });
}

function webhooksText({ webhookHost }: ProjectCluster): string {
  return webhookHost === "" ? "no webhooks" : `webhooks below https://${webhookHost}${webhookRoot}`;
}

function sweepsText({ sweepMinutes }: ProjectCluster): string {
  return sweepMinutes === 0
    ? "does not look for commits never built"
    : `looks every ${sweepMinutes} minutes for commits never built`;
}
