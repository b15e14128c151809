import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { logicalName } from "../../model/names";
import { pipelineComponentName, pushName, sensorAccountName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import { manifest } from "../manifest";
import type { Labels } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";
import { accessBinding, accessRole } from "../rbac";

const namespace = platformNamespaces.argoEvents;

/** The event source asks nothing of the Kubernetes API, so its pod gets no token for it; the Sensor makes Workflows. */
export function planPushAccounts(): readonly PlannedManifest[] {
  return [account("event-source", pushName, false), account("sensor", sensorAccountName, true)];
}

/** Logical name of an account: without it no pod can be made. */
export function pushAccountResource(of: "event-source" | "sensor"): string {
  return logicalName(pipelineComponentName, `${of}-account`);
}

function account(of: "event-source" | "sensor", name: string, automountServiceAccountToken: boolean): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
    automountServiceAccountToken,
  } satisfies IServiceAccount;
  return { kind: "manifest", name: pushAccountResource(of), manifest: manifest(object) };
}

interface SensorAccessArgs {
  /** Logical names start with it. */
  readonly resource: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

/** Lets the Sensor make Workflows in a namespace, and neither see nor change any. */
export function planSensorRole({ resource, ...place }: SensorAccessArgs): readonly PlannedManifest[] {
  const named = { name: sensorAccountName, ...place };
  const role = accessRole(named, [{ apiGroups: ["argoproj.io"], resources: ["workflows"], verbs: ["create"] }]);
  const account = { name: sensorAccountName, namespace };
  const binding = accessBinding(named, { role: sensorAccountName, account });
  return [
    { kind: "manifest", name: `${resource}-role`, manifest: role },
    { kind: "manifest", name: `${resource}-binding`, manifest: binding, dependsOn: [`${resource}-role`] },
  ];
}
