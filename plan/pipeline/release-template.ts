import type { IDAGTask } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/DAGTask";
import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IWorkflowTemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/WorkflowTemplate";
import { buildNamespaceName, logicalName } from "../../model/names";
import {
  pipelineComponentName,
  releaseTemplateName,
  reportStates,
  workflowAccountName,
} from "../../model/pipeline-names";
import { releaseLock, releasePriority } from "../../model/report-names";
import { releaseNamespace } from "../../model/repository-names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { shortLife, stepPod } from "./build-pod";
import type { PipelineArgs } from "./pipeline";
import { descriptionFile, expression, releaseParameter, releaseParameters } from "./release-parameters";
import { statusInputs, statusTemplate } from "./release-status";
import type { ReleaseModePlan } from "./release-mode";

const entrypoint = "report";
const status = "status";

/** Seconds from its turn to its end, with every retry of a step. */
const deadline = 3600;

/** Those of the modes that are in use. */
export type ModePlans = Readonly<Record<string, ReleaseModePlan>>;

/** What happens once a build reports: a new image is released by the application's mode, and GitHub shows how it stands. */
export function planReleaseTemplate(
  args: PipelineArgs,
  plans: ModePlans,
  dependsOn: readonly string[],
): PlannedManifest {
  const template = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "WorkflowTemplate",
    metadata: { name: releaseTemplateName, namespace: releaseNamespace },
    spec: {
      entrypoint,
      arguments: { parameters: parameters(Object.keys(plans)) },
      serviceAccountName: workflowAccountName,
      securityContext: stepPod(),
      synchronization: { mutexes: [{ name: releaseLock }] },
      priority: releasePriority,
      activeDeadlineSeconds: deadline,
      // There is one for each state of each build.
      ttlStrategy: shortLife,
      podGC: { strategy: "OnWorkflowSuccess", deleteDelayDuration: "30s" },
      templates: [
        { name: entrypoint, dag: { tasks: tasks(args, Object.keys(plans)) } },
        { name: status, ...statusTemplate(args) },
        ...Object.entries(plans).map(([mode, plan]): ITemplate => ({ name: mode, ...plan.template })),
        ...Object.values(plans).flatMap(({ parts = [] }) => parts),
      ],
    },
  } satisfies IWorkflowTemplate;
  const name = logicalName(pipelineComponentName, "release-template");
  return { kind: "manifest", name, dependsOn, manifest: manifest(template) };
}

/** None has a default: a report that lacks one is an error. The user interface offers no other state and no other mode. */
function parameters(modes: readonly string[]) {
  const closed: Readonly<Record<string, readonly string[]>> = { state: reportStates, mode: modes };
  return releaseParameters.map((name) => ({ name, ...(closed[name] ? { enum: [...closed[name]] } : {}) }));
}

/**
 * A release that failed makes the Workflow fail, though GitHub was told of it: what is told of success is then left out, and
 * takes over the failure. Source: argo-workflows workflow/controller/dag.go, assessDAGPhase
 */
function tasks({ cluster }: PipelineArgs, modes: readonly string[]): IDAGTask[] {
  const any = (...ends: readonly string[]) => modes.flatMap((mode) => ends.map((end) => `${mode}.${end}`)).join(" || ");
  const page = `https://${cluster.workflowsHost}/workflows`;
  const build = `${page}/${buildNamespaceName(releaseParameter("project"))}/${releaseParameter("workflow")}`;
  const stands =
    "workflow.parameters.state == 'pending' ? 'waiting or being built' : 'the build failed; its log says why'";
  // Of the modes that were not taken there is no text.
  const said = modes.map((mode) => `{{tasks.${mode}.outputs.parameters.${descriptionFile}}}`).join("");
  return [
    {
      ...tell("build", [releaseParameter("state"), expression(stands), build]),
      when: expression("workflow.parameters.state != 'success'"),
    },
    ...modes.map((mode) => ({
      name: mode,
      template: mode,
      when: expression(`workflow.parameters.state == 'success' && workflow.parameters.mode == '${mode}'`),
    })),
    { ...tell("released", ["success", said, build]), depends: any("Succeeded") },
    {
      ...tell("not-released", ["failure", "built, and not released: the release failed", releasePage(page)]),
      depends: any("Failed", "Errored"),
    },
  ];
}

function releasePage(page: string): string {
  return `${page}/${releaseNamespace}/{{workflow.name}}`;
}

/** Values in the order of `statusInputs`. */
function tell(name: string, values: readonly string[]): IDAGTask {
  const given = statusInputs.map((input, index) => ({ name: input, value: values[index] ?? "" }));
  return { name: `tell-${name}`, template: status, arguments: { parameters: given } };
}
