import { images } from "../../../model/images";
import {
  buildPriorityClassName,
  buildTemplateName,
  pushPort,
  pushServiceName,
  sweepName,
} from "../../../model/pipeline-names";
import { platformNamespaces } from "../../../model/platform-names";
import { releaseNamespace } from "../../../model/repository-names";
import { planNamespace } from "../../../plan/namespace";
import { runs, serverHost } from "../../support/environment";
import { exists, kubectl } from "../../support/kubectl";
import { namesObstacles } from "./cluster-names";
import { gitObstacles, portObstacles } from "./git-over-ssh";
import { nodeImageObstacles } from "./node-image";
import { applyObjects, outsideService } from "./outside-service";
import { foreignObstacles, marked } from "./own-objects";
import { buildNamespace } from "./pipeline-project";
import { hasImage } from "./registry";
import { nameStandIn } from "./stand-in-images";

/** Port of the registry, which every client takes from its address alone. */
export const registryPort = 443;

const gitImage = { repository: "alpine/git", tag: "latest" };

/** What the rows make under names that an installation has too. */
const shared = {
  namespace: [releaseNamespace, platformNamespaces.argoEvents],
  clusterworkflowtemplate: [buildTemplateName, sweepName],
  priorityclass: [buildPriorityClassName],
} as const;

/** Why the rows cannot run on this node; empty when they can. */
export async function pipelineObstacles(): Promise<readonly string[]> {
  const definition = "clusterworkflowtemplates.argoproj.io";
  if (!exists("customresourcedefinition", definition)) return [`the cluster does not know ${definition}`];
  const host = serverHost();
  return [
    ...(await nodeImageObstacles()),
    ...((await hasImage(gitImage)) ? [] : [`the testbed's registry has no ${gitImage.repository}:${gitImage.tag}`]),
    ...(runs("openssl", "version") ? [] : ["openssl is not on PATH"]),
    ...(await gitObstacles(host)),
    ...(await portObstacles(host, registryPort)),
    ...namesObstacles(),
    ...Object.entries(shared).flatMap(([kind, names]) => foreignObstacles(kind, names)),
  ];
}

/** The tool box of the testbed answers under the name of the image of git. */
export async function nameGitImage(): Promise<void> {
  await nameStandIn({ image: gitImage }, `${images.git.repository}:${images.git.tag}`);
}

/** The event source's Service, as builds and sweeps know it, leads to a server outside the cluster. */
export function placeEventSource(server: URL): void {
  const namespace = platformNamespaces.argoEvents;
  const { manifest } = planNamespace({ resource: namespace, name: namespace, level: "restricted" });
  applyObjects(marked(manifest), ...outsideService({ namespace, name: pushServiceName, port: pushPort, server }));
}

/** Takes everything of the rows from the cluster, also what a run that was killed left, and waits until it is gone. */
export function removePipeline(): void {
  const gone = ["--ignore-not-found", "--wait=true", "--timeout=180s"];
  for (const [kind, names] of Object.entries(shared)) kubectl("delete", kind, ...names, ...gone);
  kubectl("delete", "namespace", buildNamespace, ...gone);
}
