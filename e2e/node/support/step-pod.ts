import { execFileSync } from "node:child_process";
import { z } from "zod";
import { images } from "../../../model/images";
import { workflowSettings } from "../../../tests/support/workflow-pod";
import type { Called } from "./installed-templates";
import { ownLabel } from "./own-objects";

const container = z.looseObject({
  name: z.string(),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
  resources: z.looseObject({}).optional(),
  securityContext: z.looseObject({}).optional(),
});
const outputs = z.object({
  parameters: z.array(z.object({ name: z.string(), valueFrom: z.object({ path: z.string() }) })).default([]),
});
const podTemplate = z.object({
  name: z.string(),
  outputs: outputs.default({ parameters: [] }),
  container,
  initContainers: z.array(container).default([]),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  podSpecPatch: z.string().optional(),
  securityContext: z.looseObject({}).optional(),
  activeDeadlineSeconds: z.coerce.number().optional(),
});
type PodTemplate = z.infer<typeof podTemplate>;

/** A pod of a template, and where its outputs are for who looks from the container `watcher`. */
export interface StepPod {
  readonly namespace: string;
  readonly name: string;
  readonly manifest: object;
  readonly outputs: readonly { readonly name: string; readonly file: string }[];
}

/** Beside the step, as Argo's executor is; it sees every volume that is empty at first, below the folder. */
export const watcher = { name: "wait", folder: "/volumes" } as const;

/**
 * The pod that the controller makes of a template. Containers, volumes, security, account, priority and amounts are the
 * template's and the controller's settings; what differs from Argo: a step's command runs without the executor's
 * `argoexec emissary` before it, the init container that brings that one is left out, and the executor beside the step,
 * with its security and its token, is a tool box that sleeps until somebody asks it for the step's files. Source:
 * argo-workflows workflow/controller/workflowpod.go, `createWorkflowPod`
 */
export function stepPod({ namespace, workflow, template }: Called, number: number): StepPod {
  const step = podTemplate.parse(template);
  const name = `${step.name}-${number}`;
  const { controller } = workflowSettings();
  const spec = {
    restartPolicy: "Never",
    serviceAccountName: workflow.serviceAccountName,
    priorityClassName: workflow.podPriorityClassName,
    activeDeadlineSeconds: step.activeDeadlineSeconds,
    securityContext:
      step.securityContext ?? workflow.securityContext ?? controller.workflowDefaults.spec.securityContext,
    initContainers: step.initContainers,
    containers: [watcherOf(step), mainOf(step)],
    volumes: step.volumes,
  };
  const labels = { ...workflow.podMetadata?.labels, [ownLabel]: "" };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels }, spec };
  return { namespace, name, manifest: patched(pod, step.podSpecPatch), outputs: outputsOf(step) };
}

function mainOf({ container: main }: PodTemplate): object {
  const { mainContainer } = workflowSettings();
  const securityContext = { ...mainContainer.securityContext, ...main.securityContext };
  return { ...main, resources: main.resources ?? mainContainer.resources, securityContext };
}

function watcherOf({ volumes }: PodTemplate): object {
  const { resources, securityContext } = workflowSettings().executor;
  const empty = volumes.filter((volume) => "emptyDir" in volume);
  return {
    name: watcher.name,
    image: `${images.git.repository}:${images.git.tag}`,
    command: ["sleep", "infinity"],
    resources,
    securityContext,
    volumeMounts: empty.map(({ name }) => ({ name, mountPath: `${watcher.folder}/${name}`, readOnly: true })),
  };
}

/** As the controller does it: by the rules of Kubernetes for lists of containers and volumes. */
function patched(pod: object, patch: string | undefined): object {
  if (patch === undefined) return pod;
  const args = ["patch", "--local", "--type=strategic", "-f", "-", "-p", `{"spec":${patch}}`, "-o", "json"];
  const input = JSON.stringify(pod);
  const answer: unknown = JSON.parse(
    execFileSync("kubectl", args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] }),
  );
  return z.looseObject({}).parse(answer);
}

function outputsOf({ outputs: { parameters }, container: main }: PodTemplate): StepPod["outputs"] {
  return parameters.map(({ name, valueFrom: { path } }) => {
    const mount = main.volumeMounts.find(({ mountPath }) => path.startsWith(`${mountPath}/`));
    if (!mount) throw new Error(`the output ${name} is in no volume`);
    return { name, file: `${watcher.folder}/${mount.name}${path.slice(mount.mountPath.length)}` };
  });
}
