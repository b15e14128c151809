import type { IWorkflowTemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/WorkflowTemplate";
import { buildNamespaceName, logicalName } from "../../../model/names";
import { buildPriorityClassName, workflowAccountName } from "../../../model/pipeline-names";
import { manifest } from "../../manifest";
import type { ApplicationScope } from "../delivery/application-scope";
import type { PartPlan } from "../project-part";
import { applicationBuildLabels } from "../project-labels";
import { planBuildSecrets } from "./build-secrets";
import { buildSteps } from "./build-steps";

/** What builds one application: its name and a commit are all that a person has to say to build by hand. */
export function planBuildTemplate(scope: ApplicationScope): PartPlan {
  const { project, application } = scope;
  const name = logicalName(project.name, application.name, "build");
  return {
    resources: [...planBuildSecrets(scope), { kind: "manifest", name, manifest: manifest(template(scope)) }],
    warnings: emulatorWarnings(scope),
  };
}

/**
 * Two arguments and no more: whoever may start a build, the Sensor first, can say which commit it is for, and nothing of
 * what is done with it. The controller takes no other field from a Workflow that names a template.
 */
function template(scope: ApplicationScope) {
  const { project, application } = scope;
  const labels = { ...applicationBuildLabels(project, application) };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "WorkflowTemplate",
    metadata: { name: application.name, namespace: buildNamespaceName(project.name), labels },
    spec: {
      workflowMetadata: { labels },
      podMetadata: { labels },
      arguments: { parameters: [{ name: "commit" }, { name: "pushed", value: "" }] },
      serviceAccountName: workflowAccountName,
      podPriorityClassName: buildPriorityClassName,
      // It begins once the build has its turn; the exit handler has time of its own.
      activeDeadlineSeconds: application.build.minutes * 60,
      // The next one waits; when it is its turn, `check` says whether there is a newer push still.
      synchronization: { mutexes: [{ name: application.name }] },
      ...buildSteps(scope),
    },
  } as const satisfies WorkflowTemplateObject;
}

/** The model has the steps of a template in another form than the API. */
type WorkflowTemplateObject = Omit<IWorkflowTemplate, "spec"> & {
  readonly spec: Omit<IWorkflowTemplate["spec"], "templates">;
};

/** The platform does not know the processor of its nodes, and no node has an emulator from the start. */
function emulatorWarnings({ project, application }: ApplicationScope): readonly string[] {
  const { platforms } = application.build;
  if (platforms.length === 0) return [];
  const place = `${project.name}/${application.name}`;
  return [
    `${place}: is built for ${platforms.join(", ")}; a platform that is not the node's own needs QEMU on the node (docs/pipeline.md)`,
  ];
}
