import { existsSync } from "node:fs";
import { z } from "zod";
import { charts } from "../../../model/catalog";
import { namespaceName } from "../../../model/names";
import { platformNamespaces } from "../../../model/platform-names";
import { chartOverrides, runs } from "../../support/environment";
import { exists, kubectl, listObjects } from "../../support/kubectl";
import { nodeImageObstacles } from "./node-image";
import { foreignObstacles, ownLabel } from "./own-objects";
import { hasImage } from "./registry";
import { projectName } from "./vault-project";

const namespace = platformNamespaces.vault;
const image = { repository: "hashicorp/vault", tag: charts.vault.appVersion };

/** Made by the chart for the whole cluster. */
const binding = "vault-server-binding";

const volume = z.object({ claimRef: z.object({ namespace: z.string() }).optional() });

/** Why Vault cannot be installed on this node; empty when it can. */
export async function vaultPlaceObstacles(): Promise<readonly string[]> {
  return [
    ...(await nodeImageObstacles()),
    ...((await hasImage(image)) ? [] : [`the testbed's registry has no ${image.repository}:${image.tag}`]),
    ...(chartOverrides()["vault"] ? [] : ["there is no unpacked chart of Vault in the folder of IDP_CHARTS"]),
    ...(runs("vault", "version") ? [] : ["the command vault is not on PATH"]),
    ...(existsSync("/usr/bin/script") ? [] : ["there is no command `script`, which plays a terminal"]),
    ...foreignObstacles("namespace", [namespace]),
  ];
}

/** Says that the namespace is the rows', for the next run too, should this one be killed. */
export function markVault(): void {
  if (exists("namespace", namespace)) kubectl("label", "namespace", namespace, `${ownLabel}=`, "--overwrite");
}

/** Takes everything of the rows from the cluster, also what a run that was killed left, and waits until it is gone. */
export function removeVault(): void {
  const namespaces = [namespace, namespaceName(projectName)];
  const volumes = listObjects("persistentvolumes")
    .filter(({ spec }) => namespaces.includes(volume.parse(spec).claimRef?.namespace ?? ""))
    .map(({ metadata }) => metadata.name);
  const gone = ["--ignore-not-found", "--wait=true", "--timeout=180s"];
  kubectl("delete", "namespace", ...namespaces, ...gone);
  kubectl("delete", "clusterrolebinding", binding, ...gone);
  // The provisioner empties the folders after the claims are gone.
  for (const name of volumes) kubectl("wait", "--for=delete", `persistentvolume/${name}`, "--timeout=120s");
}
