import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import type { JsonObject } from "../../model/json";
import { platformNamespaces } from "../../model/platform-names";
import type { PlatformSettings } from "../../model/platform-settings";
import { quantity } from "../../model/quantity";
import { chartSource, type ClusterFacts, imageRepository, resourcesOf, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { restrictedContainer, restrictedPod } from "../container-security";
import { manifest } from "../manifest";
import { planNamespace } from "../namespace";
import { anywhere, planNetworkPolicies } from "../network-policies";
import type { ComponentPlan, PlannedManifest } from "../planned-resource";

export interface ArgoEventsArgs {
  readonly facts: ClusterFacts;
  /** Size of the event bus's volume, as a Kubernetes quantity. */
  readonly busStorage: PlatformSettings["argoEvents"]["busStorage"];
  /** How long the bus keeps an event, such as `72h`. A bus that exists keeps what it was made with. */
  readonly busMaxAge: PlatformSettings["argoEvents"]["busMaxAge"];
}

const name = "argo-events";
const namespace = platformNamespaces.argoEvents;

/** The one version that the controller is told about; any other in an EventBus leaves the bus undeployed. */
const busVersion = "2.10.10";
const reloaderVersion = "0.14.0";
const busAccountName = "event-bus";

/** The controller and the cluster's only event bus: one pod, whatever the number of projects. */
export function planArgoEvents(args: ArgoEventsArgs): ComponentPlan {
  const { facts } = args;
  return componentPlan({
    type: "idp:platform:ArgoEvents",
    name,
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted" }),
      ...planNetworkPolicies({
        resource: name,
        namespace,
        rules: [
          {
            name: "kubernetes-api",
            direction: "egress",
            pods: { "app.kubernetes.io/name": "argo-events-controller-manager" },
            peers: [anywhere],
            ports: [443, 6443],
          },
        ],
      }),
      {
        kind: "release",
        name,
        chart: "argo-events",
        source: chartSource(facts, "argo-events"),
        namespace,
        timeout: 300,
        values: argoEventsValues(facts),
        dependsOn: [`${name}-namespace`],
      },
      busAccount(),
      eventBus(args),
    ],
    workloads: [
      workload(facts, "argo-events-controller"),
      workload(facts, "event-bus", "event-bus-reloader", "event-bus-metrics"),
    ],
  });
}

/**
 * Chart values: one controller, and a catalogue of exactly one JetStream version. No bus is of native NATS, which needs three
 * pods, but a controller that is told of no version of it does not start. Source: argo-events pkg/reconciler/config.go
 */
export function argoEventsValues(facts: ClusterFacts): JsonObject {
  return {
    crds: { install: true, keep: true },
    global: {
      image: { repository: imageRepository(facts, "quay.io/argoproj/argo-events") },
      securityContext: restrictedPod(9731),
    },
    configs: {
      nats: { versions: [nativeNats(facts)] },
      jetstream: {
        streamConfig: { replicas: 1 },
        versions: [
          {
            version: busVersion,
            natsImage: `${imageRepository(facts, "docker.io/library/nats")}:${busVersion}`,
            metricsExporterImage: `${imageRepository(facts, "docker.io/natsio/prometheus-nats-exporter")}:${reloaderVersion}`,
            configReloaderImage: `${imageRepository(facts, "docker.io/natsio/nats-server-config-reloader")}:${reloaderVersion}`,
            startCommand: "/nats-server",
          },
        ],
      },
    },
    controller: {
      resources: { ...resourcesOf(facts, "argo-events-controller") },
      containerSecurityContext: restrictedContainer(),
    },
    webhook: { enabled: false },
  };
}

function nativeNats(facts: ClusterFacts): JsonObject {
  const version = "0.22.1";
  return {
    version,
    natsStreamingImage: `${imageRepository(facts, "docker.io/library/nats-streaming")}:${version}`,
    metricsExporterImage: `${imageRepository(facts, "docker.io/natsio/prometheus-nats-exporter")}:0.8.0`,
  };
}

/** The bus never talks to the Kubernetes API, so its pod gets no token for it. */
function busAccount(): PlannedManifest {
  const account = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: busAccountName, namespace },
    automountServiceAccountToken: false,
  } as const satisfies IServiceAccount;
  return { kind: "manifest", name: `${name}-bus-account`, manifest: manifest(account) };
}

/**
 * `replicas` does not follow the bus's own by itself, and three would never become ready on one pod. `maxBytes` has to be
 * a number: the chart's `1GB` is read as no limit at all. Half of the volume leaves room for what is being compacted.
 * Source: argo-events pkg/eventbus/jetstream/base/jetstream.go
 */
function streamConfig({ busMaxAge, busStorage }: ArgoEventsArgs): string {
  const maxBytes = Math.floor(quantity(busStorage) / 2);
  return `replicas: 1\nmaxAge: ${busMaxAge}\nmaxBytes: ${maxBytes}\n`;
}

function eventBus(args: ArgoEventsArgs): PlannedManifest {
  const { facts } = args;
  return {
    kind: "manifest",
    name: `${name}-bus`,
    dependsOn: [name, `${name}-bus-account`],
    volumes: [{ name: "events", size: args.busStorage }],
    manifest: manifest({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "EventBus",
      metadata: { name: "default", namespace },
      spec: {
        jetstream: {
          version: busVersion,
          replicas: 1,
          streamConfig: streamConfig(args),
          serviceAccountName: busAccountName,
          persistence: {
            storageClassName: facts.storageClass,
            accessMode: "ReadWriteOnce",
            volumeSize: args.busStorage,
          },
          securityContext: restrictedPod(1000),
          containerTemplate: { resources: resourcesOf(facts, "event-bus"), securityContext: restrictedContainer() },
          reloaderContainerTemplate: {
            resources: resourcesOf(facts, "event-bus-reloader"),
            securityContext: restrictedContainer(),
          },
          metricsContainerTemplate: {
            resources: resourcesOf(facts, "event-bus-metrics"),
            securityContext: restrictedContainer(),
          },
        },
      },
    }),
  };
}
