import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { askCluster } from "./ask-cluster";
import type { Called } from "./installed-templates";
import { ownLabel } from "./own-objects";
import { type StepPod, stepPod, watcher } from "./step-pod";

const containerState = z.object({
  name: z.string(),
  state: z.object({ terminated: z.object({ exitCode: z.int() }).optional() }).default({}),
});
const livePod = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  status: z.looseObject({
    phase: z.string().default(""),
    initContainerStatuses: z.array(containerState).default([]),
    containerStatuses: z.array(containerState).default([]),
  }),
});
type LivePod = z.infer<typeof livePod>;

/** How a step ended, and what it left behind. */
export interface StepEnded {
  readonly pod: StepPod;
  /** The pod as the API server had it at the end. */
  readonly live: LivePod;
  /** Of the step's own container, or of the init container that failed before it. */
  readonly code: number;
  /** What all its containers wrote. */
  readonly log: string;
  /** Empty text for a file that is missing; none at all when the step never started. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Files in its volumes that only something hostile would have made. */
  readonly strays: readonly string[];
}

/** Pods at one time: quota of a build namespace, and cores of the machine. */
const together = 6;

/** Milliseconds. */
const patience = 120_000;

/** Name of the file that hostile values try to make. */
export const strayName = "pwned";

/** Runs pods of templates, and keeps what became of each. */
export class StepRuns {
  readonly all: StepEnded[] = [];
  #started = 0;
  #running = 0;
  #listing: Promise<readonly LivePod[]> | undefined;

  /** Runs one pod to its end, and takes it away. */
  run(called: Called): Promise<StepEnded> {
    return this.#made(called, async (pod) => {
      const ended = await this.#ended(pod);
      this.all.push(ended);
      return ended;
    });
  }

  /** Makes a pod whose volumes cannot be there, and returns what the kubelet says of that. */
  unstarted(called: Called): Promise<string> {
    return this.#made(called, async ({ namespace, name }) => {
      const about = `involvedObject.name=${name},reason=FailedMount`;
      await askCluster(["wait", "events", "-n", namespace, "--field-selector", about, "--for=create", "--timeout=60s"]);
      const show = ["-o", "jsonpath={.items[*].message}"];
      return askCluster(["get", "events", "-n", namespace, "--field-selector", about, ...show]);
    });
  }

  async #made<T>(called: Called, use: (pod: StepPod) => Promise<T>): Promise<T> {
    while (this.#running >= together) await pause(200);
    this.#running += 1;
    this.#started += 1;
    const pod = stepPod(called, this.#started);
    try {
      await askCluster(["create", "-f", "-"], pod.manifest);
      return await use(pod);
    } finally {
      const quickly = ["--ignore-not-found", "--grace-period=0", "--force"];
      await askCluster(["delete", "pod", "-n", pod.namespace, pod.name, ...quickly]);
      this.#running -= 1;
    }
  }

  async #ended(pod: StepPod): Promise<StepEnded> {
    const end = performance.now() + patience;
    for (;;) {
      const live = (await this.#list()).find(({ metadata }) => isSame(metadata, pod));
      const code = live && exitCode(live);
      if (live && code !== undefined) {
        return { pod, live, code, log: await logOf(pod, live), ...(await left(pod, live)) };
      }
      if (performance.now() > end) throw new Error(`${pod.name} does not end: ${JSON.stringify(live?.status)}`);
    }
  }

  /** One listing serves all that wait for a pod. */
  #list(): Promise<readonly LivePod[]> {
    this.#listing ??= pause(300)
      .then(() => askCluster(["get", "pods", "-A", "-l", ownLabel, "-o", "json"]))
      .then((text) => z.object({ items: z.array(livePod) }).parse(JSON.parse(text)).items)
      .finally(() => (this.#listing = undefined));
    return this.#listing;
  }
}

function isSame({ name, namespace }: LivePod["metadata"], pod: StepPod): boolean {
  return name === pod.name && namespace === pod.namespace;
}

/** Undefined while it runs. */
function exitCode({ status }: LivePod): number | undefined {
  const own = endsOf(status.containerStatuses).find(({ name }) => name !== watcher.name);
  return (failedBefore(status) ?? own)?.code;
}

/** The init container because of which nothing else started. */
function failedBefore({ initContainerStatuses }: LivePod["status"]) {
  return endsOf(initContainerStatuses).find(({ code }) => code !== 0);
}

function endsOf(states: readonly z.infer<typeof containerState>[]) {
  return states.flatMap(({ name, state: { terminated } }) => (terminated ? [{ name, code: terminated.exitCode }] : []));
}

/** Of the containers that have ended, in their order. */
async function logOf({ namespace, name }: StepPod, { status }: LivePod): Promise<string> {
  const ended = endsOf([...status.initContainerStatuses, ...status.containerStatuses]);
  const logs = ended.map(({ name: container }) => askCluster(["logs", "-n", namespace, name, "-c", container]));
  return (await Promise.all(logs)).join("");
}

/** What the watcher sees; it never started where an init container failed. */
async function left(pod: StepPod, { status }: LivePod): Promise<Pick<StepEnded, "outputs" | "strays">> {
  if (failedBefore(status)) return { outputs: {}, strays: [] };
  const script = `for file; do base64 -w 0 "$file" 2>/dev/null; echo; done; find ${watcher.folder} -name '*${strayName}*'`;
  const command = ["sh", "-c", script, "sh", ...pod.outputs.map(({ file }) => file)];
  const text = await askCluster(["exec", "-n", pod.namespace, pod.name, "-c", watcher.name, "--", ...command]);
  const lines = text.split("\n").slice(0, -1);
  const outputs = pod.outputs.map(({ name }, index) => [
    name,
    Buffer.from(lines[index] ?? "", "base64").toString("utf8"),
  ]);
  return {
    outputs: z.record(z.string(), z.string()).parse(Object.fromEntries(outputs)),
    strays: lines.slice(outputs.length),
  };
}
