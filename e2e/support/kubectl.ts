import { execFileSync } from "node:child_process";
import { z } from "zod";

const object = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
const list = z.object({ items: z.array(object) });

/** An object as the API server returned it. */
export type ClusterObject = z.infer<typeof object>;

export function kubectl(...args: readonly string[]): string {
  return execFileSync("kubectl", [...args], { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
}

/** The same, with an object on its standard input. */
export function kubectlFrom(object: object, ...args: readonly string[]): void {
  execFileSync("kubectl", [...args], { input: JSON.stringify(object), maxBuffer: 256 * 1024 * 1024 });
}

export function listObjects(kind: string, ...args: readonly string[]): readonly ClusterObject[] {
  return list.parse(JSON.parse(kubectl("get", kind, "-o", "json", ...args))).items;
}

/** Whether the API server has the object. */
export function exists(kind: string, name: string, namespace?: string): boolean {
  const scope = namespace === undefined ? [] : ["-n", namespace];
  return kubectl("get", kind, name, ...scope, "--ignore-not-found", "-o", "name").trim() !== "";
}

/** What a Secret holds. */
export function secretData(name: string, namespace: string): Readonly<Record<string, string>> {
  const found = z.object({ data: z.record(z.string(), z.string()) });
  const { data } = found.parse(JSON.parse(kubectl("get", "secret", name, "-n", namespace, "-o", "json")));
  const texts = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]);
  return z.record(z.string(), z.string()).parse(Object.fromEntries(texts));
}
