import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { vaultState } from "../../../inputs/vault-status";
import { platformNamespaces } from "../../../model/platform-names";
import { getObject, kubectl, listObjects } from "../../support/kubectl";

const namespace = platformNamespaces.vault;
const podName = "vault-0";

/** Milliseconds between two looks. */
const pause = 100;

const pod = z.object({
  metadata: z.object({ uid: z.string() }),
  status: z.object({
    containerStatuses: z
      .array(z.object({ state: z.object({ running: z.object({ startedAt: z.string() }).optional() }) }))
      .default([]),
  }),
});

const containers = z.object({
  spec: z.object({ containers: z.array(z.object({ name: z.string() })) }),
  status: z.object({
    containerStatuses: z.array(z.object({ name: z.string(), restartCount: z.int() })).default([]),
  }),
});

/** A pod of Vault in the place of another one; moments are milliseconds since 1970. */
export interface NewPod {
  readonly deleted: number;
  /** When its container was started; Kubernetes says it in whole seconds. */
  readonly started: number;
}

/** Deletes the pod of the server, and waits until the container of the next one has been started. */
export async function replaceVaultPod(): Promise<NewPod> {
  const { uid } = pod.parse(getObject("pod", podName, namespace)).metadata;
  const deleted = Date.now();
  kubectl("delete", "pod", podName, "-n", namespace, "--wait=false");
  for (;;) {
    const [found] = listObjects("pods", "-n", namespace, "--field-selector", `metadata.name=${podName}`);
    const next = found === undefined ? undefined : pod.parse(found);
    const running = next?.status.containerStatuses[0]?.state.running;
    if (next?.metadata.uid !== uid && running) return { deleted, started: Date.parse(running.startedAt) };
    if (Date.now() > deleted + 60_000) throw new Error("no other pod of Vault runs after a minute");
    await wait(pause);
  }
}

/** The moment when Vault is found open; an error where it is not within so many seconds. */
export async function untilOpen(address: string, seconds: number): Promise<number> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const { kind } = await vaultState(address, 1000);
    if (kind === "open") return Date.now();
    if (Date.now() > end) throw new Error(`Vault is ${kind} after ${seconds} s`);
    await wait(pause);
  }
}

/** All that the pods of Vault's namespace have printed, before their last restart too, and what Kubernetes tells of them. */
export function printedByPods(): string {
  const logs = listObjects("pods", "-n", namespace).flatMap((object) => {
    const { spec, status } = containers.parse(object);
    const restarted = status.containerStatuses.filter(({ restartCount }) => restartCount > 0);
    const log = (container: string, ...options: readonly string[]) =>
      kubectl("logs", "-n", namespace, object.metadata.name, "-c", container, ...options);
    return [...spec.containers.map(({ name }) => log(name)), ...restarted.map(({ name }) => log(name, "--previous"))];
  });
  return [...logs, kubectl("get", "jobs,pods,events,configmaps", "-n", namespace, "-o", "json")].join("\n");
}
