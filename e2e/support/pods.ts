import { z } from "zod";
import { quantity } from "../../model/quantity";
import { platformNamespaces } from "../../model/platform-names";
import { listObjects } from "./kubectl";

const container = z.object({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).default([]),
  resources: z.object({
    requests: z.record(z.string(), z.string()).default({}),
    limits: z.record(z.string(), z.string()).default({}),
  }),
});
const pod = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({ containers: z.array(container), initContainers: z.array(container).default([]) }),
  status: z.object({ phase: z.string() }),
});

export type Pod = z.infer<typeof pod>;

/** Pods of the platform that run all the time; those of finished Jobs are left out. */
export function platformPods(): readonly Pod[] {
  return Object.values(platformNamespaces)
    .flatMap(podsOf)
    .filter(({ status }) => status.phase !== "Succeeded");
}

export function podsOf(namespace: string): readonly Pod[] {
  return listObjects("pods", "-n", namespace).map((object) => pod.parse(object));
}

/** Containers of a pod, the ones that only prepare it too. */
export function containersOf({ spec }: Pod): Pod["spec"]["containers"] {
  return [...spec.initContainers, ...spec.containers];
}

/** What the containers of pods ask for together. */
export function requestsOf(pods: readonly Pod[], resource: "cpu" | "memory"): number {
  const containers = pods.flatMap(({ spec }) => spec.containers);
  return containers.reduce((sum, { resources }) => sum + quantity(resources.requests[resource] ?? "0"), 0);
}
