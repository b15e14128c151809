import type { JsonObject } from "../../model/json";
import { platformNamespaces } from "../../model/platform-names";
import { chartSource, type ClusterFacts, imageRepository, resourcesOf, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import { anywhere, planNetworkPolicies, type TrafficRule, traefikPeer } from "../network-policies";
import type { ComponentPlan } from "../planned-resource";
import { planIssuers } from "./cert-manager-issuers";

export interface CertManagerArgs {
  /** `tls.mode` is `lab-ca` or `acme`; with `traefik` nobody needs this component. */
  readonly facts: ClusterFacts;
  /** Whether the secret config key `idp:acmeDnsToken` is set. */
  readonly hasAcmeDnsToken: boolean;
}

const name = "cert-manager";
const namespace = platformNamespaces.certManager;

/** Makes and renews the certificate of every host, signed by the ClusterIssuer that the routes name. */
export function planCertManager(args: CertManagerArgs): ComponentPlan {
  const { facts } = args;
  return componentPlan({
    type: "idp:platform:CertManager",
    name,
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted" }),
      ...planNetworkPolicies({ resource: name, namespace, rules: trafficRules(facts) }),
      {
        kind: "release",
        name,
        chart: "cert-manager",
        source: chartSource(facts, "cert-manager"),
        namespace,
        timeout: 300,
        values: certManagerValues(facts),
        dependsOn: [`${name}-namespace`],
      },
      ...planIssuers({ ...args, name, namespace }),
    ],
    workloads: [
      workload(facts, "cert-manager"),
      workload(facts, "cert-manager-cainjector"),
      workload(facts, "cert-manager-webhook"),
    ],
  });
}

const controllerPods = { "app.kubernetes.io/component": "controller" };

function trafficRules(facts: ClusterFacts): readonly TrafficRule[] {
  return [
    // The API server calls from the node's address, which no peer describes.
    { name: "webhook", direction: "ingress", pods: { "app.kubernetes.io/component": "webhook" }, ports: [10250] },
    { name: "kubernetes-api", direction: "egress", peers: [anywhere], ports: [443, 6443] },
    ...acmeRules(facts),
  ];
}

function acmeRules({ tls }: ClusterFacts): readonly TrafficRule[] {
  if (tls.mode !== "acme") return [];
  const { protocol, port } = new URL(tls.server);
  const serverPort = port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
  const server: TrafficRule = {
    name: "acme-server",
    direction: "egress",
    pods: controllerPods,
    peers: [anywhere],
    ports: [serverPort],
  };
  // Before it asks the ACME server to look, it fetches the answer itself; from inside, the host's address may already be Traefik's pod.
  const selfCheck: readonly TrafficRule[] = [
    { name: "http-check", direction: "egress", pods: controllerPods, peers: [anywhere], ports: [80] },
    { name: "traefik", direction: "egress", pods: controllerPods, peers: [traefikPeer] },
  ];
  return tls.challenge.type === "http01" ? [server, ...selfCheck] : [server];
}

/**
 * Chart values. The chart's startup check is a hook: the release ends only when the webhook answers, so that the issuers
 * after it are not refused. The pods meet the level `restricted` by the chart's own defaults.
 */
export function certManagerValues(facts: ClusterFacts): JsonObject {
  return {
    // Without their kinds all certificates go.
    crds: { enabled: true, keep: true },
    imageRegistry: imageRepository(facts, "quay.io"),
    // Otherwise it asks for rights in `kube-system`.
    global: { leaderElection: { namespace } },
    prometheus: { enabled: false },
    resources: resourcesOf(facts, "cert-manager"),
    webhook: { resources: resourcesOf(facts, "cert-manager-webhook") },
    cainjector: { resources: resourcesOf(facts, "cert-manager-cainjector") },
    startupapicheck: { resources: resourcesOf(facts, "cert-manager-startup-check") },
    ...dnsCheckValues(facts),
  };
}

/**
 * Before it asks the ACME server to look, it looks for the DNS record itself. The resolver of a house often answers for its
 * own domain and never shows that record, so it asks Cloudflare, by https.
 */
function dnsCheckValues({ tls }: ClusterFacts): JsonObject {
  if (tls.mode !== "acme" || tls.challenge.type !== "cloudflare") return {};
  return { dns01RecursiveNameserversOnly: true, dns01RecursiveNameservers: "https://1.1.1.1/dns-query" };
}
