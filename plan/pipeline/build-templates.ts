import type { IClusterWorkflowTemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/ClusterWorkflowTemplate";
import type { IPriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";
import { logicalName } from "../../model/names";
import { buildPriorityClassName, buildTemplateName, pipelineComponentName } from "../../model/pipeline-names";
import { manifest } from "../manifest";
import type { ProjectCluster } from "../projects/project-cluster";
import { checkTemplate } from "./build-check";
import { buildKitTemplate, kanikoTemplate } from "./build-image";
import { planBuildPlaces } from "./build-places";
import { reportTemplate } from "./build-report";
import { scanTemplate } from "./build-scan";
import { signTemplate } from "./build-sign";
import { testTemplate } from "./build-test";
import { gitHubKeyWarnings } from "./git-files";
import type { PipelineArgs } from "./pipeline";
import type { PipelinePart } from "./pipeline-part";
import { registryWarnings } from "./registry-login";

/** What every build is made of, once for all projects: only who may change this stack may change what a build does. */
export function planBuildTemplates({ cluster, projects }: PipelineArgs): PipelinePart {
  const planned = (name: string, object: Parameters<typeof manifest>[0]) => ({
    kind: "manifest" as const,
    name: logicalName(pipelineComponentName, name),
    manifest: manifest(object),
  });
  const builds = projects.some(({ applications }) => applications.length > 0);
  return {
    resources: [
      planBuildPlaces(cluster),
      planned("build-template", template(cluster)),
      planned("build-priority", priority),
    ],
    warnings: builds ? [...gitHubKeyWarnings(cluster.gitHub), ...registryWarnings(cluster)] : [],
  };
}

function template(cluster: ProjectCluster) {
  const steps = [checkTemplate, testTemplate, buildKitTemplate, kanikoTemplate, scanTemplate, signTemplate];
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ClusterWorkflowTemplate",
    metadata: { name: buildTemplateName },
    spec: { templates: [...steps, reportTemplate].map((planTemplate) => planTemplate(cluster)) },
  } as const satisfies IClusterWorkflowTemplate;
}

/** What serves comes first when a node is full, and a build never makes anything else go. */
const priority = {
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name: buildPriorityClassName },
  value: -10,
  preemptionPolicy: "Never",
  description: "builds of projects",
} as const satisfies IPriorityClass;
