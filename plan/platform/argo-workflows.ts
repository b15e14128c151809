import type { PlatformSettings } from "../../model/platform-settings";
import { platformNamespaces } from "../../model/platform-names";
import { chartSource, type ClusterFacts, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import { anywhere, planNetworkPolicies, type TrafficRule, traefikPeer } from "../network-policies";
import type { ComponentPlan } from "../planned-resource";
import { planRoute, routeDependencies } from "../route";
import { planServerAccess } from "./argo-workflows-access";
import { argoWorkflowsValues } from "./argo-workflows-values";

export interface ArgoWorkflowsArgs {
  readonly facts: ClusterFacts;
  /** Host of the user interface, such as `workflows.lab.example`. */
  readonly host: string;
  /** How many builds there are at a time in the whole cluster; the pipeline of the projects has the others wait. */
  readonly parallelism: PlatformSettings["argoWorkflows"]["parallelism"];
  /** Hours that a finished workflow is kept, and with a failed one its pods and their logs. */
  readonly keepHours: PlatformSettings["argoWorkflows"]["keepHours"];
}

const name = "argo-workflows";
const namespace = platformNamespaces.argoWorkflows;
const serverPort = 2746;

/** Runs the builds of every project, each in its project's build namespace, and shows them. */
export function planArgoWorkflows(args: ArgoWorkflowsArgs): ComponentPlan {
  const { facts, host } = args;
  const access = planServerAccess(name);
  return componentPlan({
    type: "idp:platform:ArgoWorkflows",
    name,
    dependsOn: routeDependencies(facts),
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted" }),
      ...planNetworkPolicies({ resource: name, namespace, rules }),
      ...access,
      {
        kind: "release",
        name,
        chart: "argo-workflows",
        source: chartSource(facts, "argo-workflows"),
        namespace,
        timeout: 300,
        values: argoWorkflowsValues(args),
        dependsOn: [`${name}-namespace`, ...access.map((resource) => resource.name)],
      },
      ...planRoute(facts, {
        name,
        namespace,
        exposure: "internal",
        host,
        service: { name: "argo-workflows-server", port: serverPort },
      }),
    ],
    workloads: [workload(facts, "argo-workflows-controller"), workload(facts, "argo-workflows-server")],
    addresses: [`https://${host}`],
  });
}

/** Both pods work for the Kubernetes API alone; workflows themselves run in other namespaces. */
const rules: readonly TrafficRule[] = [
  {
    name: "traefik",
    direction: "ingress",
    pods: { "app.kubernetes.io/name": "argo-workflows-server" },
    peers: [traefikPeer],
    ports: [serverPort],
  },
  { name: "kubernetes-api", direction: "egress", peers: [anywhere], ports: [443, 6443] },
];
