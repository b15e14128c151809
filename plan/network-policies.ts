import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { traefik } from "../model/platform-names";
import { manifest } from "./manifest";
import type { PlannedManifest } from "./planned-resource";

/** Who a rule is about: pods by label, in this namespace or in another one, or addresses. */
export type Peer =
  | { readonly kind: "same-namespace"; readonly labels?: Labels }
  | { readonly kind: "namespace"; readonly namespace: string; readonly labels?: Labels }
  | { readonly kind: "addresses"; readonly cidr: string };

export type Labels = Readonly<Record<string, string>>;

export interface TrafficRule {
  /** What the rule is for, as a DNS label; it ends the policy's name. */
  readonly name: string;
  readonly direction: "ingress" | "egress";
  /** Pods of this namespace that the rule is about; absent: all. */
  readonly pods?: Labels;
  /** Who is let in or may be reached; absent: anyone. */
  readonly peers?: readonly Peer[];
  /** TCP ports of the receiving pods; absent: all. */
  readonly ports?: readonly number[];
}

export interface NetworkPoliciesPlanArgs {
  /** Logical names start with it. */
  readonly resource: string;
  readonly namespace: string;
  /** Whether the namespace's own pods reach each other on every port, or only where a rule says so; absent: every port. */
  readonly ownPods?: "every-port" | "by-rule";
  readonly rules: readonly TrafficRule[];
}

/** The pods of k3s's Traefik. */
export const traefikPeer: Peer = { kind: "namespace", namespace: traefik.namespace, labels: traefik.labels };

/** Everyone outside the cluster's private networks is `anywhere`; so is the API server, whose address is the node's. */
export const anywhere: Peer = { kind: "addresses", cidr: "0.0.0.0/0" };

/** Nothing enters or leaves the namespace but DNS, its own pods among themselves unless told, and what the rules allow. */
export function planNetworkPolicies(args: NetworkPoliciesPlanArgs): readonly PlannedManifest[] {
  const policies = [
    policy(args, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy(args, "allow-dns", {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [peer({ kind: "namespace", namespace: "kube-system" })], ports: dnsPorts }],
    }),
    ...(args.ownPods === "by-rule" ? [] : [policy(args, "allow-own-namespace", ownNamespaceSpec())]),
  ];
  return [...policies, ...args.rules.map((rule) => policy(args, `allow-${rule.name}`, ruleSpec(rule)))];
}

/** One more allowance in a namespace that is closed already. */
export function planTrafficRule(args: {
  readonly resource: string;
  readonly namespace: string;
  readonly rule: TrafficRule;
}): PlannedManifest {
  return policy(args, `allow-${args.rule.name}`, ruleSpec(args.rule));
}

const dnsPorts = [
  { protocol: "UDP" as const, port: 53 },
  { protocol: "TCP" as const, port: 53 },
];

type PolicySpec = NonNullable<INetworkPolicy["spec"]>;

function ownNamespaceSpec(): PolicySpec {
  const peers = [peer({ kind: "same-namespace" })];
  return { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{ from: peers }], egress: [{ to: peers }] };
}

function policy(
  args: Pick<NetworkPoliciesPlanArgs, "resource" | "namespace">,
  name: string,
  spec: PolicySpec,
): PlannedManifest {
  const object = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: args.namespace },
    spec,
  } as const satisfies INetworkPolicy;
  return { kind: "manifest", name: `${args.resource}-${name}`, manifest: manifest(object) };
}

function ruleSpec(rule: TrafficRule): PolicySpec {
  const podSelector = rule.pods ? { matchLabels: { ...rule.pods } } : {};
  const ports = rule.ports?.map((port) => ({ protocol: "TCP" as const, port }));
  const peers = rule.peers?.map(peer);
  const portsPart = ports ? { ports } : {};
  return rule.direction === "ingress"
    ? { podSelector, policyTypes: ["Ingress"], ingress: [{ ...(peers ? { from: peers } : {}), ...portsPart }] }
    : { podSelector, policyTypes: ["Egress"], egress: [{ ...(peers ? { to: peers } : {}), ...portsPart }] };
}

function peer(of: Peer) {
  if (of.kind === "addresses") return { ipBlock: { cidr: of.cidr } };
  const pods = of.labels ? { podSelector: { matchLabels: { ...of.labels } } } : {};
  if (of.kind === "same-namespace") return of.labels ? pods : { podSelector: {} };
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": of.namespace } }, ...pods };
}
