import { platformNamespaces } from "../../model/platform-names";
import type { PlatformSettings } from "../../model/platform-settings";
import type { Workload } from "../../model/workload";
import { chartSource, type ClusterFacts, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import { anywhere, planNetworkPolicies, type TrafficRule, traefikPeer } from "../network-policies";
import type { ComponentPlan, PlannedRelease, PlannedVolume } from "../planned-resource";
import { planRoute, routeDependencies } from "../route";
import { harborSecrets, planHarborSecrets } from "./harbor-secrets";
import { harborService, harborValues } from "./harbor-values";

export interface HarborArgs {
  readonly facts: ClusterFacts;
  /** Host of the user interface and first part of every image reference, such as `harbor.lab.example`. */
  readonly host: string;
  /**
   * Sizes of the volumes. Those of the images and of the job logs grow where the storage class can grow volumes; those of
   * the database, Redis and Trivy stand in StatefulSets, in which Kubernetes allows no change.
   */
  readonly storage: PlatformSettings["harbor"]["storage"];
  /** Whether images are scanned for known vulnerabilities. It costs the most memory of all of Harbor's pods. */
  readonly trivy: boolean;
}

const name = "harbor";
const namespace = platformNamespaces.harbor;

/** The registry that CI pushes to and that every node pulls from. */
export function planHarbor(args: HarborArgs): ComponentPlan {
  const { facts, host } = args;
  return componentPlan({
    type: "idp:platform:Harbor",
    name,
    dependsOn: routeDependencies(facts),
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted", retain: true }),
      ...planNetworkPolicies({ resource: name, namespace, rules: trafficRules }),
      ...planHarborSecrets(namespace),
      release(args),
      ...planRoute(facts, { name, namespace, exposure: "internal", host, service: harborService }),
    ],
    workloads: workloads(args),
    addresses: [`https://${host}`],
  });
}

/** None of Harbor's pods talks to the Kubernetes API. */
const trafficRules: readonly TrafficRule[] = [
  {
    name: "traefik",
    direction: "ingress",
    pods: { release: name, component: "nginx" },
    peers: [traefikPeer],
    ports: [8080],
  },
  // Trivy's database, and the registries that a person may set up for proxy caches and replication.
  { name: "registries", direction: "egress", peers: [anywhere], ports: [443] },
];

function release(args: HarborArgs): PlannedRelease {
  return {
    kind: "release",
    name,
    chart: "harbor",
    source: chartSource(args.facts, "harbor"),
    namespace,
    // Ten images, and a core whose first start waits for the database and fills it.
    timeout: 1200,
    values: harborValues(args),
    volumes: volumes(args),
    dependsOn: [`${name}-namespace`, ...Object.values(harborSecrets)],
  };
}

function volumes({ storage, trivy }: HarborArgs): readonly PlannedVolume[] {
  return [
    { name: "images", size: storage.images },
    { name: "database", size: storage.database },
    { name: "redis", size: storage.redis },
    { name: "job-log", size: storage.jobLog },
    ...(trivy ? [{ name: "trivy", size: storage.trivy, isCache: true }] : []),
  ];
}

function workloads({ facts, trivy }: HarborArgs): readonly Workload[] {
  return [
    workload(facts, "harbor-nginx"),
    workload(facts, "harbor-portal"),
    workload(facts, "harbor-core"),
    workload(facts, "harbor-jobservice"),
    workload(facts, "harbor-registry", "harbor-registryctl"),
    workload(facts, "harbor-database"),
    workload(facts, "harbor-redis"),
    ...(trivy ? [workload(facts, "harbor-trivy")] : []),
  ];
}
