import { z } from "zod";
import { buildTemplateName, releaseTemplateName, sweepName } from "../../../model/pipeline-names";
import { releaseNamespace } from "../../../model/repository-names";
import { kubectl } from "../../support/kubectl";
import { applicationName, buildNamespace } from "./pipeline-project";

const parameters = z.object({ parameters: z.array(z.object({ name: z.string(), value: z.string() })).default([]) });

/** A step, or a task, that calls a template of the same object or of another. */
const call = z.object({
  name: z.string(),
  template: z.string().optional(),
  templateRef: z.object({ name: z.string(), template: z.string() }).optional(),
  arguments: parameters.default({ parameters: [] }),
});

const template = z.looseObject({
  name: z.string(),
  steps: z.array(z.array(call)).default([]),
  dag: z.object({ tasks: z.array(call) }).default({ tasks: [] }),
});

const workflowSpec = z.object({
  templates: z.array(template),
  serviceAccountName: z.string().optional(),
  podPriorityClassName: z.string().optional(),
  podMetadata: z.object({ labels: z.record(z.string(), z.string()) }).optional(),
  securityContext: z.looseObject({}).optional(),
});

/** What a Workflow says of all its pods. */
export type WorkflowSpec = z.infer<typeof workflowSpec>;

/** By what stands between the braces, such as `workflow.parameters.commit`. */
export type Values = Readonly<Record<string, string>>;

/** A template as the controller would run it: every value is put in. */
export interface Called {
  readonly namespace: string;
  readonly workflow: WorkflowSpec;
  readonly template: unknown;
}

/** What is said for one call. */
export interface Given {
  readonly values: Values;
  /** Inputs that are others than the caller gives. */
  readonly inputs?: Values;
}

/** The templates as the API server has them. */
export class InstalledTemplates {
  readonly #build = read("clusterworkflowtemplate", buildTemplateName);
  readonly #sweep = read("clusterworkflowtemplate", sweepName);
  readonly #application = read("workflowtemplate", applicationName, buildNamespace);
  readonly #release = read("workflowtemplate", releaseTemplateName, releaseNamespace);

  /** A step of the application's builds, with the arguments that its own template gives. */
  step(name: string, given: Given): Called {
    const steps = this.#application.templates.flatMap((one) => one.steps.flat());
    const { templateRef, arguments: own } = found(steps, name);
    if (templateRef?.name !== buildTemplateName) throw new Error(`the step ${name} calls no template of builds`);
    const inputs = { ...inputsOf(own.parameters, given.values), ...given.inputs };
    return called(
      this.#build,
      templateRef.template,
      { values: given.values, inputs },
      this.#application,
      buildNamespace,
    );
  }

  /** A task of what happens once a build reports. */
  task(name: string, given: Given): Called {
    const tasks = this.#release.templates.flatMap(({ dag }) => dag.tasks);
    const { template: of = "", arguments: own } = found(tasks, name);
    const inputs = { ...inputsOf(own.parameters, given.values), ...given.inputs };
    return called(this.#release, of, { values: given.values, inputs }, this.#release, releaseNamespace);
  }

  sweep(): Called {
    return called(this.#sweep, sweepName, { values: {} }, this.#sweep, buildNamespace);
  }
}

function called(
  from: WorkflowSpec,
  name: string,
  { values, inputs = {} }: Given,
  ...[workflow, namespace]: readonly [WorkflowSpec, string]
): Called {
  const own = Object.entries(inputs).map(([input, value]): [string, string] => [`inputs.parameters.${input}`, value]);
  return {
    namespace,
    workflow,
    template: filled(found(from.templates, name), { ...values, ...Object.fromEntries(own) }),
  };
}

function inputsOf(own: readonly { readonly name: string; readonly value: string }[], values: Values): Values {
  return Object.fromEntries(own.map(({ name, value }) => [name, put(value, values)]));
}

function read(kind: string, name: string, namespace?: string): WorkflowSpec {
  const scope = namespace === undefined ? [] : ["-n", namespace];
  const object: unknown = JSON.parse(kubectl("get", kind, name, ...scope, "-o", "json"));
  return z.object({ spec: workflowSpec }).parse(object).spec;
}

function found<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const one = all.find((candidate) => candidate.name === name);
  if (!one) throw new Error(`there is no ${name} among ${all.map((candidate) => candidate.name).join(", ")}`);
  return one;
}

/** Values become a part of texts and never of structure, as where Argo puts them, quoted, into the template's JSON. */
function filled(value: unknown, values: Values): unknown {
  if (typeof value === "string") return put(value, values);
  if (Array.isArray(value)) return value.map((item: unknown) => filled(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]));
}

/** Once: what stands in a value is no name of another. */
function put(text: string, values: Values): string {
  return text.replaceAll(/\{\{([^{}]*)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nobody gives a value for ${name}`);
    return value;
  });
}
