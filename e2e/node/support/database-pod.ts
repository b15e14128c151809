import { z } from "zod";
import { volumeClaimName } from "../../../model/names";
import { kubectl } from "../../support/kubectl";
import { projectName } from "./database-project";

const pod = z.object({ metadata: z.object({ uid: z.string() }) });
const claim = z.object({ spec: z.object({ volumeName: z.string() }) });
const set = z.object({
  metadata: z.object({ uid: z.string(), generation: z.int() }),
  status: z.object({ readyReplicas: z.int().default(0) }),
});

/** The one pod of a database's StatefulSet. */
export function databasePodName(database: string): string {
  return `${database}-0`;
}

/** What no other pod has, not even the next one of the same name. */
export function podId(database: string): string {
  return pod.parse(read("pod", databasePodName(database))).metadata.uid;
}

/** The volume that a database's claim is bound to. */
export function volumeOf(database: string): string {
  return claim.parse(read("persistentvolumeclaim", volumeClaimName(database))).spec.volumeName;
}

/** A database's StatefulSet; its `generation` counts the changes of what it should be. */
export function statefulSet(database: string): z.infer<typeof set> {
  return set.parse(read("statefulset", database));
}

/** Deletes a database's pod, as a drained node does, and waits until the next one is ready. */
export function replacePod(database: string): void {
  const name = `pod/${databasePodName(database)}`;
  kubectl("delete", "-n", projectName, name, "--wait=true", "--timeout=150s");
  kubectl("wait", "-n", projectName, "--for=create", name, "--timeout=60s");
  kubectl("wait", "-n", projectName, "--for=condition=Ready", name, "--timeout=180s");
}

/** Deletes a database's StatefulSet with its pod, behind the engine's back. */
export function deleteStatefulSet(database: string): void {
  const name = `statefulset/${database}`;
  kubectl("delete", "-n", projectName, name, "--cascade=foreground", "--wait=true", "--timeout=150s");
}

function read(kind: string, name: string): unknown {
  return JSON.parse(kubectl("get", kind, name, "-n", projectName, "-o", "json"));
}
