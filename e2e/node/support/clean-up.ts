import { z } from "zod";
import { kubectl, listObjects } from "../../support/kubectl";
import { projectName } from "./database-project";

const volume = z.object({ claimRef: z.object({ namespace: z.string() }).optional() });

/** Takes everything of the rows from the cluster, also what a run that was killed left, and waits until it is gone. */
export function removeProject(): void {
  const volumes = listObjects("persistentvolumes")
    .filter(({ spec }) => volume.parse(spec).claimRef?.namespace === projectName)
    .map(({ metadata }) => metadata.name);
  kubectl("delete", "namespace", projectName, "--ignore-not-found", "--wait=true", "--timeout=180s");
  // The provisioner empties the folders after the claims are gone.
  for (const name of volumes) kubectl("wait", "--for=delete", `persistentvolume/${name}`, "--timeout=120s");
}
