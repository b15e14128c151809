import type { ISemaphoreRef } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/SemaphoreRef";
import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import { logicalName } from "../../model/names";
import { buildPlacesKey, buildPlacesName, pipelineComponentName } from "../../model/pipeline-names";
import { releaseNamespace } from "../../model/repository-names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import type { ProjectCluster } from "../projects/project-cluster";

/**
 * How many builds there may be at a time. It stands in the namespace of releases, which belongs to the same stack and lets
 * no build in; the controller may read ConfigMaps everywhere, reads this one anew for each build, and takes up waiting ones
 * as soon as the number grows. Source: argo-workflows workflow/controller/controller.go, `createSynchronizationManager` and
 * `notifySemaphoreConfigUpdate`
 */
export function planBuildPlaces({ buildPlaces }: Pick<ProjectCluster, "buildPlaces">): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: buildPlacesName, namespace: releaseNamespace },
    data: { [buildPlacesKey]: String(buildPlaces) },
  } satisfies IConfigMap;
  return { kind: "manifest", name: logicalName(pipelineComponentName, "build-places"), manifest: manifest(object) };
}

/** What a build takes one of. */
export const buildPlace = {
  namespace: releaseNamespace,
  configMapKeyRef: { name: buildPlacesName, key: buildPlacesKey },
} as const satisfies ISemaphoreRef;
