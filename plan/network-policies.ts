import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { traefik } from "../model/platform-names";
import { manifest } from "./manifest";
import type { PlannedManifest } from "./planned-resource";

/** Who a rule is about: pods by label, in this namespace, in another one or in all of a kind, or addresses. */
export type Peer =
  | { readonly kind: "same-namespace"; readonly labels?: Labels }
  | { readonly kind: "namespace"; readonly namespace: string; readonly labels?: Labels }
  | { readonly kind: "namespaces"; readonly namespaces: Labels; readonly labels?: Labels }
  | { readonly kind: "addresses"; readonly cidr: string; readonly except?: readonly string[] };

export type Labels = Readonly<Record<string, string>>;

/** Traffic that is let through. */
export interface Allowance {
  /** Who is let in or may be reached; absent: anyone. */
  readonly peers?: readonly Peer[];
  /** TCP ports of the receiving pods, by number or by the name that each pod gives its own; absent: all. */
  readonly ports?: readonly (number | string)[];
}

export interface TrafficRule extends Allowance {
  /** What the rule is for, as a DNS label; it ends the policy's name. */
  readonly name: string;
  readonly direction: "ingress" | "egress";
  /** Pods of this namespace that the rule is about; absent: all. */
  readonly pods?: Labels;
}

/** All that the same pods may do. */
export interface TrafficPolicy {
  /** Name of the policy. */
  readonly name: string;
  /** Pods of this namespace that the policy is about; absent: all. */
  readonly pods?: Labels;
  /** Absent: the policy says nothing of this direction. */
  readonly ingress?: readonly Allowance[];
  readonly egress?: readonly Allowance[];
}

interface PolicyArgs {
  /** Logical names start with it. */
  readonly resource: string;
  readonly namespace: string;
  /** Labels of the policies themselves. */
  readonly labels?: Labels;
}

export interface NetworkPoliciesPlanArgs extends PolicyArgs {
  /** Whether the namespace's own pods reach each other on every port, or only where a rule says so; absent: every port. */
  readonly ownPods?: "every-port" | "by-rule";
  /** What closes the namespace stays with it when it leaves the plan; no allowance does. */
  readonly retain?: boolean;
  readonly rules?: readonly TrafficRule[];
  readonly policies?: readonly TrafficPolicy[];
}

/** The pods of k3s's Traefik. */
export const traefikPeer: Peer = { kind: "namespace", namespace: traefik.namespace, labels: traefik.labels };

/** Everyone outside the cluster's private networks is `anywhere`; so is the API server, whose address is the node's. */
export const anywhere: Peer = { kind: "addresses", cidr: "0.0.0.0/0" };

/**
 * The internet, and nothing of the house or the cluster: private networks, those of carriers, link-local and loopback are
 * left out. Of IPv6 what is assigned to the internet: k3s splits `::/0` into that and `fd00::/8`, which then counts for
 * more than an exception of `fc00::/7`. Source: k3s-io/kube-router pkg/controllers/netpol/policy.go
 */
export const internet: readonly Peer[] = [
  {
    kind: "addresses",
    cidr: "0.0.0.0/0",
    except: ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  },
  { kind: "addresses", cidr: "2000::/3" },
];

/** cert-manager answers an http01 challenge by a pod beside the certificate, which Traefik has to reach. */
export const challengeAccess = {
  pods: { "acme.cert-manager.io/http01-solver": "true" },
  peers: [traefikPeer],
  ports: [8089],
} as const;

/** Nothing enters or leaves the namespace but DNS, its own pods among themselves unless told, and what the rules allow. */
export function planNetworkPolicies(args: NetworkPoliciesPlanArgs): readonly PlannedManifest[] {
  const closed = [
    policy(args, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy(args, "allow-dns", {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [peer({ kind: "namespace", namespace: "kube-system" })], ports: dnsPorts }],
    }),
  ];
  return [
    ...closed.map((planned) => (args.retain ? { ...planned, retain: true } : planned)),
    ...(args.ownPods === "by-rule" ? [] : [policy(args, "allow-own-namespace", ownNamespaceSpec())]),
    ...(args.rules ?? []).map((rule) => policy(args, `allow-${rule.name}`, ruleSpec(rule))),
    ...(args.policies ?? []).map((traffic) => policy(args, traffic.name, policySpec(traffic))),
  ];
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

function policy(args: PolicyArgs, name: string, spec: PolicySpec): PlannedManifest {
  const labels = args.labels ? { labels: { ...args.labels } } : {};
  const object = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: args.namespace, ...labels },
    spec,
  } as const satisfies INetworkPolicy;
  return { kind: "manifest", name: `${args.resource}-${name}`, manifest: manifest(object) };
}

function ruleSpec({ direction, pods, ...allowance }: TrafficRule): PolicySpec {
  return policySpec({ ...(pods ? { pods } : {}), [direction]: [allowance] });
}

function policySpec({ pods, ingress, egress }: Omit<TrafficPolicy, "name">): PolicySpec {
  return {
    podSelector: pods ? { matchLabels: { ...pods } } : {},
    policyTypes: [...(ingress ? (["Ingress"] as const) : []), ...(egress ? (["Egress"] as const) : [])],
    ...(ingress?.length ? { ingress: ingress.map((allowance) => allowed(allowance, "from")) } : {}),
    ...(egress?.length ? { egress: egress.map((allowance) => allowed(allowance, "to")) } : {}),
  };
}

function allowed({ peers, ports }: Allowance, side: "from" | "to") {
  return {
    ...(peers ? { [side]: peers.map(peer) } : {}),
    ...(ports ? { ports: ports.map((port) => ({ protocol: "TCP" as const, port })) } : {}),
  };
}

function peer(of: Peer) {
  if (of.kind === "addresses") return { ipBlock: { cidr: of.cidr, ...(of.except ? { except: [...of.except] } : {}) } };
  const pods = of.labels ? { podSelector: { matchLabels: { ...of.labels } } } : {};
  if (of.kind === "same-namespace") return of.labels ? pods : { podSelector: {} };
  const namespaces = of.kind === "namespaces" ? of.namespaces : { "kubernetes.io/metadata.name": of.namespace };
  return { namespaceSelector: { matchLabels: { ...namespaces } }, ...pods };
}
