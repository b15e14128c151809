import { execFileSync, spawnSync } from "node:child_process";
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

/** What kubectl complains of, with an object on its standard input where one is given; undefined when all is well. */
export function complaintOf(args: readonly string[], object?: object): string | undefined {
  const input = object ? { input: JSON.stringify(object) } : {};
  const { status, stderr } = spawnSync("kubectl", [...args], { encoding: "utf8", ...input });
  return status === 0 ? undefined : stderr;
}

export function listObjects(kind: string, ...args: readonly string[]): readonly ClusterObject[] {
  return list.parse(JSON.parse(kubectl("get", kind, "-o", "json", ...args))).items;
}

/** Whether the API server has the object. */
export function exists(kind: string, name: string, namespace?: string): boolean {
  const scope = namespace === undefined ? [] : ["-n", namespace];
  return kubectl("get", kind, name, ...scope, "--ignore-not-found", "-o", "name").trim() !== "";
}

/** An object as it is now. */
export function getObject(kind: string, name: string, namespace: string): ClusterObject {
  return object.parse(JSON.parse(kubectl("get", kind, name, "-n", namespace, "-o", "json")));
}

/** What a Secret holds. */
export function secretData(name: string, namespace: string): Readonly<Record<string, string>> {
  return secretTexts(getObject("secret", name, namespace));
}

/** The same of a Secret that was read already. */
export function secretTexts(secret: ClusterObject): Readonly<Record<string, string>> {
  const data = z.record(z.string(), z.string()).default({}).parse(secret["data"]);
  const texts = Object.entries(data).map(
    ([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")] as const,
  );
  return Object.fromEntries(texts);
}

/** Every object of the cluster, without the definitions of kinds, and without kinds that kubectl only warns of. */
export function allObjects(): readonly ClusterObject[] {
  const kinds = kubectl("api-resources", "--verbs=list", "-o", "name").trim().split("\n");
  const wanted = kinds.filter((kind) => !/^(customresourcedefinitions\..*|componentstatuses|endpoints)$/.test(kind));
  return listObjects(wanted.join(","), "-A");
}
