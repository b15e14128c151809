import { logicalName } from "../../model/names";
import { namespaceUse } from "../../model/namespace-use";
import { pipelineComponentName, pushName, pushPort } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import { anywhere, planTrafficRule, type TrafficRule, traefikPeer } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";
import type { ProjectCluster } from "../projects/project-cluster";

/** Pods of the event source. Source: argo-events pkg/reconciler/eventsource/controller.go */
export const eventSourceLabels = { "eventsource-name": pushName } as const;

/** Pods of the Sensor. Source: argo-events pkg/reconciler/sensor/controller.go */
const sensorLabels = { "sensor-name": pushName } as const;

/**
 * Who reaches the two pods, and whom they reach, in a namespace that the platform has closed but for its own pods, of which
 * the bus is one.
 */
export function planPushNetwork({ webhookHost }: Pick<ProjectCluster, "webhookHost">): readonly PlannedManifest[] {
  const rules: readonly TrafficRule[] = [
    ...(webhookHost === "" ? [] : [calls("webhooks", traefikPeer)]),
    calls("builds", { kind: "namespaces", namespaces: namespaceUse("builds") }),
    {
      name: "push-workflows",
      direction: "egress",
      pods: sensorLabels,
      // The Kubernetes API: its Service, and the port of the server behind it.
      peers: [anywhere],
      ports: [443, 6443],
    },
  ];
  const resource = logicalName(pipelineComponentName, "network");
  return rules.map((rule) => planTrafficRule({ resource, namespace: platformNamespaces.argoEvents, rule }));
}

function calls(of: string, peer: NonNullable<TrafficRule["peers"]>[number]): TrafficRule {
  return { name: `push-${of}`, direction: "ingress", pods: eventSourceLabels, peers: [peer], ports: [pushPort] };
}
