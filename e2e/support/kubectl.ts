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

export function listObjects(kind: string, ...args: readonly string[]): readonly ClusterObject[] {
  return list.parse(JSON.parse(kubectl("get", kind, "-o", "json", ...args))).items;
}

/** Whether the API server has the object. */
export function exists(kind: string, name: string, namespace?: string): boolean {
  const scope = namespace === undefined ? [] : ["-n", namespace];
  return kubectl("get", kind, name, ...scope, "--ignore-not-found", "-o", "name").trim() !== "";
}
