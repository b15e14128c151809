import { namespaceUse } from "../../model/namespace-use";
import { platformNamespaces } from "../../model/platform-names";
import type { PlatformSettings } from "../../model/platform-settings";
import { signerPodLabels } from "../../model/signing-names";
import { chartSource, type ClusterFacts, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import { anywhere, type Peer, planNetworkPolicies, type TrafficRule, traefikPeer } from "../network-policies";
import type { ComponentPlan, PlannedRelease } from "../planned-resource";
import { planRoute, routeDependencies } from "../route";
import { vaultPort, vaultValues } from "./vault-values";

export interface VaultArgs {
  readonly facts: ClusterFacts;
  /** Host of the user interface and the API, such as `vault.lab.example`. */
  readonly host: string;
  /** What runs. Frozen once installed: one cannot read the data of the other, and Kubernetes refuses to change the pod's labels. */
  readonly distribution: PlatformSettings["vault"]["distribution"];
  /** Size of the volume of the secrets. It stands in a StatefulSet, in which Kubernetes allows no change. */
  readonly storage: PlatformSettings["vault"]["storage"];
  /** Size of the volume of the audit log, under the same rule. Vault answers nobody once it is full. */
  readonly auditStorage: PlatformSettings["vault"]["auditStorage"];
}

const name = "vault";
const namespace = platformNamespaces.vault;

/** The store of secrets, installed and sealed: its pod becomes ready once somebody has initialised and unsealed it. */
export function planVault(args: VaultArgs): ComponentPlan {
  const { facts, host } = args;
  return componentPlan({
    type: "idp:platform:Vault",
    name,
    dependsOn: routeDependencies(facts),
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted", retain: true }),
      ...planNetworkPolicies({ resource: name, namespace, rules: trafficRules }),
      release(args),
      ...planRoute(facts, {
        name,
        namespace,
        exposure: "internal",
        host,
        // This Service answers while Vault is sealed, too: a person can unseal it in the browser.
        service: { name: `${name}-ui`, port: vaultPort },
      }),
    ],
    workloads: [workload(facts, "vault")],
    addresses: [`https://${host}`],
  });
}

/** The pod of the server, whichever distribution runs. */
const serverPods = { "app.kubernetes.io/instance": name, component: "server" };

/** Where pods of other namespaces reach the server. */
export const vaultServerPeer: Peer = { kind: "namespace", namespace, labels: serverPods };

const trafficRules: readonly TrafficRule[] = [
  { name: "traefik", direction: "ingress", pods: serverPods, peers: [traefikPeer], ports: [vaultPort] },
  {
    name: "external-secrets",
    direction: "ingress",
    pods: serverPods,
    peers: [{ kind: "namespace", namespace: platformNamespaces.externalSecrets }],
    ports: [vaultPort],
  },
  {
    name: "signers",
    direction: "ingress",
    pods: serverPods,
    peers: [{ kind: "namespaces", namespaces: namespaceUse("builds"), labels: signerPodLabels }],
    ports: [vaultPort],
  },
  // Reviews of service account tokens, and the labels that service registration puts on the pod.
  { name: "kubernetes-api", direction: "egress", pods: serverPods, peers: [anywhere], ports: [443, 6443] },
];

/** Helm waits for no StatefulSet that is updated by hand, so the release ends although the pod stays sealed. */
function release(args: VaultArgs): PlannedRelease {
  const { facts, distribution, storage, auditStorage } = args;
  return {
    kind: "release",
    name,
    chart: distribution,
    source: chartSource(facts, distribution),
    namespace,
    timeout: 300,
    values: vaultValues(args),
    volumes: [
      { name: "secrets", size: storage, format: distribution },
      { name: "audit-log", size: auditStorage },
    ],
    dependsOn: [`${name}-namespace`],
  };
}
