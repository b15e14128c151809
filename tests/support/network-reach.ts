import { BlockList, isIPv6 } from "node:net";
import { z } from "zod";
import type { PlannedManifest } from "../../plan/planned-resource";

/** Who connects, or is connected to: a pod of the cluster, or an address outside of it. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the namespace, beside its name. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** Ports by the names that the pod gives them. */
  readonly ports?: Readonly<Record<string, number>>;
}

const labels = z.record(z.string(), z.string());
const selector = z.strictObject({ matchLabels: labels.optional() });
const ipBlock = z.strictObject({ cidr: z.string(), except: z.array(z.string()).default([]) });
const peer = z.strictObject({
  podSelector: selector.optional(),
  namespaceSelector: selector.optional(),
  ipBlock: ipBlock.optional(),
});
const ports = z
  .array(z.strictObject({ protocol: z.enum(["TCP", "UDP"]), port: z.union([z.number(), z.string()]) }))
  .optional();
const policy = z.strictObject({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.strictObject({
    podSelector: selector,
    policyTypes: z.array(z.enum(["Ingress", "Egress"])),
    ingress: z.array(z.strictObject({ from: z.array(peer).optional(), ports })).default([]),
    egress: z.array(z.strictObject({ to: z.array(peer).optional(), ports })).default([]),
  }),
});

export type Policy = z.infer<typeof policy>;
type Peer = z.infer<typeof peer>;
type Direction = "Ingress" | "Egress";

/** One direction of a policy. */
interface Rule {
  readonly peers: readonly Peer[] | undefined;
  readonly ports: z.infer<typeof ports>;
}

/** Network policies as Kubernetes reads them; an unknown field fails. */
export function policiesOf(manifests: readonly PlannedManifest[]): readonly Policy[] {
  return manifests.map(({ manifest: { metadata, spec } }) => policy.parse({ metadata, spec }));
}

/** Whether the policies let a TCP connection through on both of its ends. */
export function canReach(policies: readonly Policy[], [from, to]: readonly [Pod, Pod], port: number): boolean {
  const named = Object.entries(to.ports ?? {}).find(([, number]) => number === port)?.[0];
  const isPort = (rule: Rule) => rule.ports?.some((open) => open.port === port || open.port === named) ?? true;
  const isPod = (home: string, rule: Rule, pod: Pod) =>
    rule.peers?.some((candidate) => isPeer(candidate, home, pod)) ?? true;
  return (
    passes(policies, "Egress", from, (rule) => isPort(rule) && isPod(from.namespace, rule, to)) &&
    passes(policies, "Ingress", to, (rule) => isPort(rule) && isPod(to.namespace, rule, from))
  );
}

/** Whether the policies let a pod open a TCP connection to an address that is no pod's. */
export function canReachAddress(policies: readonly Policy[], from: Pod, [address, port]: readonly [string, number]) {
  return passes(policies, "Egress", from, (rule) => {
    const isPort = rule.ports?.some((open) => open.port === port) ?? true;
    return isPort && (rule.peers?.some((candidate) => isInBlock(candidate, address)) ?? true);
  });
}

/** Names of the namespaces that the peers of policies are in, other than their own. */
export function peerNamespaces(policies: readonly Policy[]): readonly string[] {
  return policies.flatMap(({ spec }) =>
    [...spec.ingress.flatMap(({ from = [] }) => from), ...spec.egress.flatMap(({ to = [] }) => to)].flatMap(
      ({ namespaceSelector }) =>
        namespaceSelector ? [namespaceSelector.matchLabels?.["kubernetes.io/metadata.name"] ?? "any"] : [],
    ),
  );
}

/** A pod that no policy is about may do everything; one that some policies are about, what one of them allows. */
function passes(policies: readonly Policy[], direction: Direction, pod: Pod, allows: (rule: Rule) => boolean): boolean {
  const about = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      spec.policyTypes.includes(direction) &&
      matches(spec.podSelector, pod.labels),
  );
  if (about.length === 0) return true;
  return about.some(({ spec }) =>
    direction === "Ingress"
      ? spec.ingress.some((rule) => allows({ peers: rule.from, ports: rule.ports }))
      : spec.egress.some((rule) => allows({ peers: rule.to, ports: rule.ports })),
  );
}

function isPeer({ podSelector, namespaceSelector, ipBlock: block }: Peer, home: string, pod: Pod): boolean {
  if (block) return false;
  const isHere = namespaceSelector
    ? matches(namespaceSelector, { ...pod.namespaceLabels, "kubernetes.io/metadata.name": pod.namespace })
    : pod.namespace === home;
  return isHere && matches(podSelector ?? {}, pod.labels);
}

function isInBlock({ ipBlock: block }: Peer, address: string): boolean {
  if (!block) return false;
  const isIn = (cidr: string) => {
    const [start = "", bits = ""] = cidr.split("/");
    const list = new BlockList();
    list.addSubnet(start, Number(bits), isIPv6(start) ? "ipv6" : "ipv4");
    return isIPv6(start) === isIPv6(address) && list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  };
  return isIn(block.cidr) && !block.except.some(isIn);
}

function matches({ matchLabels = {} }: z.infer<typeof selector>, found: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => found[key] === value);
}
