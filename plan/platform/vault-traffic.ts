import { namespaceUse } from "../../model/namespace-use";
import { platformNamespaces } from "../../model/platform-names";
import { signerPodLabels } from "../../model/signing-names";
import { vaultAccounts, vaultPodLabels } from "../../model/vault-names";
import { sealOf } from "../../model/vault-server-settings";
import { type Allowance, anywhere, type Labels, type Peer, type TrafficPolicy, traefikPeer } from "../network-policies";
import type { NetworkPoliciesPlanArgs, TrafficRule } from "../network-policies";
import { vaultPluginPeer } from "./argo-cd-vault-plugin";
import type { VaultArgs } from "./vault";
import { hasUnsealer } from "./vault-unsealer";
import { vaultClusterPort, vaultPort } from "./vault-values";

/** The pod of the server, whichever distribution runs. */
const serverPods: Labels = { "app.kubernetes.io/instance": "vault", component: "server" };

/** Where pods of other namespaces reach the server. */
export const vaultServerPeer: Peer = { kind: "namespace", namespace: platformNamespaces.vault, labels: serverPods };

/** Who reaches whom: each pod of the namespace what it is for, and nobody the pods beside the server. */
export function vaultTraffic(args: VaultArgs): Pick<NetworkPoliciesPlanArgs, "ownPods" | "rules" | "policies"> {
  const clients = clientsOf(args);
  return {
    ownPods: "by-rule",
    rules: [...serverRules(args), ...ownRules(clients)],
    policies: clients.map(clientPolicy),
  };
}

/** A pod that asks the server something, and what else it reaches. */
interface Client {
  readonly name: (typeof vaultAccounts)[keyof typeof vaultAccounts];
  readonly beside?: Allowance;
}

/** The address of the API server is the node's. */
const kubernetesApi: Allowance = { peers: [anywhere], ports: [443, 6443] };

function clientsOf(args: VaultArgs): readonly Client[] {
  const { endpoint } = args.s3;
  return [
    { name: vaultAccounts.init, beside: kubernetesApi },
    { name: vaultAccounts.bootstrapEnd, beside: kubernetesApi },
    ...(hasUnsealer(args) ? [{ name: vaultAccounts.unsealer }] : []),
    ...(args.backup.schedule === ""
      ? []
      : [{ name: vaultAccounts.backup, ...(endpoint === "" ? {} : { beside: place(endpoint) }) }]),
  ];
}

/** Wherever an address leads: a policy knows no names. */
function place(address: string): Allowance {
  const { port, protocol } = new URL(address);
  const usual = protocol === "http:" ? 80 : 443;
  return { peers: [anywhere], ports: [port === "" ? usual : Number(port)] };
}

function clientPolicy({ name, beside }: Client): TrafficPolicy {
  const server: Allowance = { peers: [{ kind: "same-namespace", labels: serverPods }], ports: [vaultPort] };
  return { name: `allow-${name}`, pods: vaultPodLabels(name), egress: [server, ...(beside ? [beside] : [])] };
}

function serverRules(args: VaultArgs): readonly TrafficRule[] {
  const ingress = { direction: "ingress", pods: serverPods, ports: [vaultPort] } as const;
  const egress = { direction: "egress", pods: serverPods } as const;
  return [
    { ...ingress, name: "traefik", peers: [traefikPeer] },
    {
      ...ingress,
      name: "external-secrets",
      peers: [{ kind: "namespace", namespace: platformNamespaces.externalSecrets }],
    },
    {
      ...ingress,
      name: "signers",
      peers: [{ kind: "namespaces", namespaces: namespaceUse("builds"), labels: signerPodLabels }],
    },
    ...(args.vaultPlugin ? [{ ...ingress, name: "vault-plugin", peers: [vaultPluginPeer] }] : []),
    // Reviews of service account tokens, and the labels that service registration puts on the pod.
    { ...egress, name: "kubernetes-api", ...kubernetesApi },
    ...(sealOf(args) === "transit" ? [{ ...egress, name: "transit", ...place(args.unseal.transit.address) }] : []),
  ];
}

/** The server asks itself too, by the address that it tells others. */
function ownRules(clients: readonly Client[]): readonly TrafficRule[] {
  const self = {
    pods: serverPods,
    peers: [{ kind: "same-namespace", labels: serverPods }],
    ports: [vaultPort, vaultClusterPort],
  } as const;
  return [
    {
      name: "own-pods",
      direction: "ingress",
      pods: serverPods,
      peers: clients.map(({ name }) => ({ kind: "same-namespace", labels: vaultPodLabels(name) })),
      ports: [vaultPort],
    },
    { name: "itself", direction: "ingress", ...self },
    { name: "to-itself", direction: "egress", ...self },
  ];
}
