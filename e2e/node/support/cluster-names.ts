import { promises } from "node:dns";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { exists, kubectl } from "../../support/kubectl";

const place = { namespace: "kube-system", name: "coredns", key: "hosts.list" } as const;
const ending = " # idp-rows";
const aside = "# ";
const tries = 60;

/** Why the cluster's DNS can be told no names; empty when it can. */
export function namesObstacles(): readonly string[] {
  const known = exists("configmap", place.name, place.namespace) && present() !== undefined;
  return known ? [] : [`the cluster's DNS has no ${place.key} in the ConfigMap ${place.name}, as the testbed has it`];
}

/** Names that lead the cluster's pods to another address for a while. The lines of others stay, and count again at the end. */
export class ClusterNames {
  #before: string | undefined;

  async lead(names: readonly string[], address: string): Promise<void> {
    const lines = (present() ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .flatMap(asBefore);
    this.#before = text(lines);
    const others = lines.map((line) =>
      names.some((name) => line.split(/\s+/).includes(name)) ? setAside(line) : line,
    );
    write(text([...others, ...names.map((name) => `${address} ${name}${ending}`)]));
    const resolver = new promises.Resolver();
    resolver.setServers([
      kubectl("get", "service", "-n", place.namespace, "kube-dns", "-o", "jsonpath={.spec.clusterIP}"),
    ]);
    for (const name of names) await untilKnown(resolver, name, address);
  }

  restore(): void {
    if (this.#before !== undefined) write(this.#before);
    this.#before = undefined;
  }
}

/** A comment in the list, so that it is not lost with a run that is killed. */
function setAside(line: string): string {
  return `${aside}${line}${ending}`;
}

/** A line without what a run that was killed has left. */
function asBefore(line: string): readonly string[] {
  if (!line.endsWith(ending)) return [line];
  return line.startsWith(aside) ? [line.slice(aside.length, -ending.length)] : [];
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function present(): string | undefined {
  const { namespace, name, key } = place;
  const object: unknown = JSON.parse(kubectl("get", "configmap", name, "-n", namespace, "-o", "json"));
  return z.object({ data: z.record(z.string(), z.string()) }).parse(object).data[key];
}

/** The kubelet looks at a pod's ConfigMaps once a minute, and whenever the pod itself changes. */
function write(hosts: string): void {
  const { namespace, name, key } = place;
  const patch = JSON.stringify({ data: { [key]: hosts } });
  kubectl("patch", "configmap", name, "-n", namespace, "--type=merge", "-p", patch);
  const mark = `idp-rows/changed=${Date.now()}`;
  kubectl("annotate", "pods", "-n", namespace, "-l", "k8s-app=kube-dns", "--overwrite", mark);
}

async function untilKnown(resolver: promises.Resolver, name: string, address: string): Promise<void> {
  for (let count = 0; count < tries; count++) {
    const found = await resolver.resolve4(name).catch(() => []);
    if (found.join() === address) return;
    await pause(1000);
  }
  throw new Error(`the cluster's DNS does not lead ${name} to ${address}`);
}
