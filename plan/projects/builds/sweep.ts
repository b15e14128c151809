import type { ICronWorkflow } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/CronWorkflow";
import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import { buildNamespaceName, logicalName } from "../../../model/names";
import { sweepName } from "../../../model/pipeline-names";
import type { Project } from "../../../model/project";
import { manifest } from "../../manifest";
import type { PlannedManifest } from "../../planned-resource";
import type { ProjectCluster } from "../project-cluster";
import { projectLabels } from "../project-labels";
import type { PartPlan } from "../project-part";
import { type SweptApplication, sweepList, sweepListKey, sweptApplications } from "./sweep-list";
import { sweepSchedule } from "./sweep-schedule";

/** Seconds that a sweep may start late, after the controller was away; the next one does the same. */
const startingDeadline = 300;

/**
 * Finds commits that were never built and has them built: GitHub tells of a push once, and the home line may be down then.
 * What runs is the ClusterWorkflowTemplate of the same name; of the project it knows the file here, and its Secrets.
 */
export function planSweep(project: Project, cluster: ProjectCluster): PartPlan {
  const applications = sweptApplications(project, cluster);
  if (applications.length === 0 || cluster.sweepMinutes === 0) return { resources: [], warnings: [] };
  const list = planList(project.name, applications);
  return { resources: [list, planSchedule(project.name, cluster.sweepMinutes, list)], warnings: [] };
}

function planList(project: string, applications: readonly SweptApplication[]): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadata(project),
    data: { [sweepListKey]: sweepList(applications) },
  } satisfies IConfigMap;
  return { kind: "manifest", name: logicalName(project, "sweep-list"), manifest: manifest(object) };
}

function planSchedule(project: string, minutes: number, list: PlannedManifest): PlannedManifest {
  const object = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "CronWorkflow",
    metadata: metadata(project),
    spec: {
      schedules: [sweepSchedule(project, minutes)],
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: startingDeadline,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      workflowMetadata: { labels: { ...projectLabels(project) } },
      workflowSpec: { workflowTemplateRef: { name: sweepName, clusterScope: true } },
    },
  } satisfies ICronWorkflow;
  return {
    kind: "manifest",
    name: logicalName(project, "sweep"),
    dependsOn: [list.name],
    manifest: manifest(object),
  };
}

function metadata(project: string) {
  return { name: sweepName, namespace: buildNamespaceName(project), labels: { ...projectLabels(project) } };
}
