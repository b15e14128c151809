import type { IWorkflow } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Workflow";
import type { Application } from "../../model/application";
import { type JsonObject, toJsonObject } from "../../model/json";
import { buildName, buildNamespaceName } from "../../model/names";
import { releaseTemplateName } from "../../model/pipeline-names";
import { releasePriority } from "../../model/report-names";
import { releaseNamespace } from "../../model/repository-names";
import { projectLabels } from "../projects/project-labels";

/** What builds a commit of an application. The commit is still missing: at the end of the name, and among the arguments. */
export function buildWorkflow(project: string, { name: application }: Application): JsonObject {
  return workflow({
    metadata: {
      name: buildName(application, ""),
      namespace: buildNamespaceName(project),
      labels: labels(project, application, "build"),
    },
    spec: { workflowTemplateRef: { name: application }, arguments: { parameters: [] } },
  });
}

/** What follows a report of a build. Among the arguments is what the application's file says; what the build says is added. */
export function releaseWorkflow(project: string, application: Application): JsonObject {
  const { name, git, release } = application;
  const known = {
    ...{ project, application: name, repository: `${git.owner}/${git.repo}` },
    ...{ mode: release.mode, pinned: git.hash ?? "" },
  };
  const parameters = Object.entries(known).map(([parameter, value]) => ({ name: parameter, value }));
  return workflow({
    metadata: {
      generateName: `${project}.${name}-`,
      namespace: releaseNamespace,
      labels: labels(project, name, "release"),
    },
    spec: { workflowTemplateRef: { name: releaseTemplateName }, priority: releasePriority, arguments: { parameters } },
  });
}

function workflow(parts: Pick<IWorkflow, "metadata" | "spec">): JsonObject {
  return toJsonObject({ apiVersion: "argoproj.io/v1alpha1", kind: "Workflow", ...parts } satisfies IWorkflow);
}

function labels(project: string, application: string, component: string) {
  return {
    ...projectLabels(project),
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/name": application,
  };
}
