import { z } from "zod";
import { planBuildTemplates } from "../../plan/pipeline/build-templates";
import type { ProjectCluster } from "../../plan/projects/project-cluster";
import { argoWorkflowsValues } from "../../plan/platform/argo-workflows-values";
import { someFacts } from "./cluster";
import { manifestsOf, someCluster } from "./some-project";

const mount = z.object({ name: z.string(), mountPath: z.string(), subPath: z.string().optional() });
const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()),
  args: z.array(z.string()).default([]),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  volumeMounts: z.array(mount).default([]),
  securityContext: z.looseObject({}).optional(),
  resources: z.looseObject({}).optional(),
});

/** One template of the ClusterWorkflowTemplate of builds; fields that no test reads are kept. */
const template = z.looseObject({
  name: z.string(),
  inputs: z.object({ parameters: z.array(z.object({ name: z.string() })) }),
  outputs: z
    .object({ parameters: z.array(z.object({ name: z.string(), valueFrom: z.record(z.string(), z.string()) })) })
    .default({ parameters: [] }),
  container,
  initContainers: z.array(container).default([]),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  podSpecPatch: z.string().optional(),
  securityContext: z.looseObject({}).optional(),
});

export type BuildPodTemplate = z.infer<typeof template>;
export type StepContainer = z.infer<typeof container>;

/** The templates of builds by name, as the cluster gets them. */
export function buildTemplates(cluster: ProjectCluster = someCluster): ReadonlyMap<string, BuildPodTemplate> {
  const { resources } = planBuildTemplates({ cluster, projects: [] });
  const [object] = manifestsOf(resources, "ClusterWorkflowTemplate");
  const found = z.object({ templates: z.array(template) }).parse(object?.manifest["spec"]).templates;
  return new Map(found.map((each) => [each.name, each]));
}

export function templateOf(name: string, cluster?: ProjectCluster): BuildPodTemplate {
  const found = buildTemplates(cluster).get(name);
  if (!found) throw new Error(`no template ${name}`);
  return found;
}

export function variablesOf({ env }: StepContainer): Readonly<Record<string, string>> {
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

const settings = z.object({
  mainContainer: z.object({ resources: z.looseObject({}), securityContext: z.looseObject({}) }),
  executor: z.object({ resources: z.looseObject({}), securityContext: z.looseObject({}) }),
  controller: z.object({ workflowDefaults: z.object({ spec: z.looseObject({ securityContext: z.looseObject({}) }) }) }),
});

/** What the controller is told for every workflow. */
export function workflowSettings() {
  const hours = { succeeded: 24, failed: 72 };
  return settings.parse(
    argoWorkflowsValues({ facts: someFacts(), host: "workflows.lab.example", parallelism: 2, keepHours: hours }),
  );
}

/**
 * The pod that the controller makes of a template: its settings are merged under the main container alone, and the executor
 * is beside it. Source: argo-workflows workflow/controller/workflowpod.go, `createWorkflowPod`
 */
export function podOf({ container: main, initContainers, volumes, securityContext }: BuildPodTemplate) {
  const { mainContainer, executor, controller } = workflowSettings();
  const security = { ...mainContainer.securityContext, ...main.securityContext };
  return {
    securityContext: securityContext ?? controller.workflowDefaults.spec.securityContext,
    initContainers: [{ name: "init", ...executor }, ...initContainers],
    containers: [
      { name: "wait", ...executor },
      { ...main, securityContext: security },
    ],
    volumes,
  };
}
