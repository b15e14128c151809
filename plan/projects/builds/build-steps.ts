import type { ISynchronization } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Synchronization";
import type { IWorkflowStep } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/WorkflowStep";
import { type ReportState, buildTemplateName } from "../../../model/pipeline-names";
import type { BuildArguments, BuildTemplate } from "../../pipeline/build-inputs";
import { buildPlace } from "../../pipeline/build-places";
import { scanArguments } from "../../pipeline/build-scan";
import { signArguments } from "../../pipeline/build-sign";
import type { ApplicationScope } from "../delivery/application-scope";
import { buildKitArguments, checkArguments, kanikoArguments, reportArguments, testArguments } from "./build-arguments";

/** Steps of one group run beside each other, and a group after the one before it. */
interface StepsTemplate {
  readonly name: string;
  readonly synchronization?: ISynchronization;
  readonly inputs?: { readonly parameters: readonly { readonly name: string }[] };
  readonly steps: readonly (readonly IWorkflowStep[])[];
}

const names = { entry: "push", work: "work", exit: "exit" } as const;
const digest = "{{steps.build.outputs.parameters.digest}}";
const pushed = "{{inputs.parameters.pushed}}";

/** The steps of an application's build: only those that it has, so that what a person sees is what is done. */
export function buildSteps(scope: ApplicationScope) {
  return {
    entrypoint: names.entry,
    onExit: names.exit,
    templates: [entry(scope), work(scope), exit(scope)],
  };
}

/**
 * Nothing runs, and nothing is said about the commit, before it is known to be one of the branch. All of it takes one of the
 * cluster's places. The Workflow itself must not: it would wait for that and for the other build of its application at once,
 * and the controller lets nobody past the first who waits for a place, though that one could not use it yet. Source:
 * argo-workflows workflow/sync/semaphore.go, `checkAcquire`
 */
function entry(scope: ApplicationScope): StepsTemplate {
  return {
    name: names.entry,
    synchronization: { semaphores: [buildPlace] },
    steps: [
      [step("check", "check", checkArguments(scope))],
      [
        {
          name: names.work,
          template: names.work,
          when: "{{steps.check.outputs.parameters.decision}} == build",
          arguments: { parameters: [{ name: "pushed", value: "{{steps.check.outputs.parameters.pushed}}" }] },
        },
      ],
    ],
  };
}

function work(scope: ApplicationScope): StepsTemplate {
  const image = imageStep(scope);
  const test = testArguments(scope);
  const [scan, sign] = [scanArguments(scope, digest), signArguments(scope, digest)];
  const pending = report(scope, "pending", { digest: "", pushed });
  return {
    name: names.work,
    inputs: { parameters: [{ name: "pushed" }] },
    steps: [
      ...(test ? [[pending, step("test", "test", test)], [image]] : [[pending, image]]),
      ...(scan ? [[step("scan", "scan", scan)]] : []),
      ...(sign ? [[step("sign", "sign", sign)]] : []),
      [report(scope, "success", { digest, pushed })],
    ],
  };
}

function imageStep(scope: ApplicationScope): IWorkflowStep {
  const { builder } = scope.application.build;
  switch (builder) {
    case "buildkit":
      return step("build", builder, buildKitArguments(scope));
    case "kaniko":
      return step("build", builder, kanikoArguments(scope));
  }
}

/** Whatever went wrong, a deadline too. */
function exit(scope: ApplicationScope): StepsTemplate {
  const failed = report(scope, "failure", { digest: "", pushed: "{{workflow.parameters.pushed}}" });
  return { name: names.exit, steps: [[{ ...failed, when: "{{workflow.status}} != Succeeded" }]] };
}

/**
 * What a build says of itself does not decide what becomes of it, but for its success: that starts the release, and a build
 * whose image nobody is told of has to be seen.
 */
function report(
  scope: ApplicationScope,
  state: ReportState,
  given: { readonly digest: string; readonly pushed: string },
): IWorkflowStep {
  const said = step(state, "report", reportArguments(scope, { state, ...given }));
  return state === "success" ? said : { ...said, continueOn: { failed: true, error: true } };
}

function step<T extends BuildTemplate>(name: string, template: T, values: BuildArguments<T>): IWorkflowStep {
  const parameters = Object.entries<string>(values).map(([key, value]) => ({ name: key, value }));
  return { name, templateRef: { name: buildTemplateName, template, clusterScope: true }, arguments: { parameters } };
}
