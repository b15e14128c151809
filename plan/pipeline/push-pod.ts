import type { JsonObject } from "../../model/json";
import type { Resources } from "../../model/workload";
import { restrictedContainer, restrictedPod } from "../container-security";

/** What an EventSource or a Sensor says of its pod. Source: argo-events pkg/apis/events/v1alpha1/template.go */
export interface EventPod {
  readonly serviceAccountName: string;
  readonly securityContext: JsonObject;
  readonly container: {
    readonly resources: Resources;
    readonly securityContext: JsonObject;
    readonly volumeMounts?: readonly JsonObject[];
  };
  readonly volumes?: readonly JsonObject[];
}

interface EventPodArgs {
  readonly account: string;
  readonly resources: Resources;
  /** A ConfigMap, and the folder where its keys are files. */
  readonly files?: { readonly configMap: string; readonly folder: string };
}

/** The user of the image, as in the values of the chart. */
const user = 9731;

/** Passes the `restricted` level, with the files where there are any. */
export function eventPod({ account, resources, files }: EventPodArgs): EventPod {
  const volume = { name: "files" };
  return {
    serviceAccountName: account,
    securityContext: restrictedPod(user),
    container: {
      resources,
      securityContext: restrictedContainer(),
      ...(files ? { volumeMounts: [{ ...volume, mountPath: files.folder, readOnly: true }] } : {}),
    },
    ...(files ? { volumes: [{ ...volume, configMap: { name: files.configMap } }] } : {}),
  };
}
