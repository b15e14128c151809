import type { IWorkflowTemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/WorkflowTemplate";
import { buildNamespaceName, logicalName } from "../../../model/names";
import { buildPriorityClassName, workflowAccountName } from "../../../model/pipeline-names";
import { manifest } from "../../manifest";
import type { ApplicationScope } from "../delivery/application-scope";
import type { PartPlan } from "../project-part";
import { applicationBuildLabels } from "../project-labels";
import { planBuildSecrets } from "./build-secrets";
import { buildSteps } from "./build-steps";
import { buildWarnings } from "./build-warnings";

/** Seconds: two days. */
const longest = 48 * 3600;

/** What builds one application: its name and a commit are all that a person has to say to build by hand. */
export function planBuildTemplate(scope: ApplicationScope): PartPlan {
  const { project, application } = scope;
  const name = logicalName(project.name, application.name, "build");
  return {
    resources: [...planBuildSecrets(scope), { kind: "manifest", name, manifest: manifest(template(scope)) }],
    warnings: buildWarnings(scope),
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
      // The next one waits; when it is its turn, `check` says whether there is a newer push still.
      synchronization: { mutexes: [{ name: application.name }] },
      // From then on; the time that it waits for one of the cluster's places counts too. Each step has an end of its own.
      activeDeadlineSeconds: longest,
      ...buildSteps(scope),
    },
  } as const satisfies WorkflowTemplateObject;
}

/** The model has the steps of a template in another form than the API. */
type WorkflowTemplateObject = Omit<IWorkflowTemplate, "spec"> & {
  readonly spec: Omit<IWorkflowTemplate["spec"], "templates">;
};
