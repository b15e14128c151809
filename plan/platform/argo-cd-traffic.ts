import { anywhere, type TrafficRule, traefikPeer } from "../network-policies";
import type { ArgoCdArgs } from "./argo-cd";
import { imageUpdaterTraffic } from "./argo-cd-image-updater";
import { vaultServerPeer } from "./vault-traffic";
import { vaultPort } from "./vault-values";

/** Who else than its own pods and DNS each pod of Argo CD talks to. Redis talks to nobody. */
export function argoCdTraffic({ infrastructure, imageUpdater, vaultPlugin }: ArgoCdArgs): readonly TrafficRule[] {
  return [
    { name: "traefik", direction: "ingress", pods: podsOf("server"), peers: [traefikPeer], ports: [8080] },
    ...usersOfTheApi.map(kubernetesApi),
    {
      name: "sources",
      direction: "egress",
      pods: podsOf("repo-server"),
      peers: [anywhere],
      ports: sourcePorts(infrastructure.repository),
    },
    // Hosts of this cluster, such as a chart in Harbor: Traefik listens on other ports than its service does.
    { name: "sources-of-this-cluster", direction: "egress", pods: podsOf("repo-server"), peers: [traefikPeer] },
    ...(imageUpdater ? imageUpdaterTraffic : []),
    ...(vaultPlugin ? [toVault] : []),
  ];
}

/** The last one is the job that makes the password of Redis. */
const usersOfTheApi = ["server", "application-controller", "applicationset-controller", "redis-secret-init"] as const;

function kubernetesApi(component: (typeof usersOfTheApi)[number]): TrafficRule {
  return {
    name: `kubernetes-api-${component}`,
    direction: "egress",
    pods: podsOf(component),
    peers: [anywhere],
    ports: [443, 6443],
  };
}

/** The plugin's container shares the repo-server's pod, and a policy knows pods alone. */
const toVault: TrafficRule = {
  name: "vault-plugin",
  direction: "egress",
  pods: podsOf("repo-server"),
  peers: [vaultServerPeer],
  ports: [vaultPort],
};

function podsOf(component: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": `argocd-${component}` };
}

/** Ports of ssh, http and https, since a kustomization may fetch charts from anywhere, and the repository's own port. */
export function sourcePorts(repository: string): readonly number[] {
  const usual = [22, 80, 443];
  const port = Number(/^(?:https|ssh):\/\/[^/]+:(\d+)(?:\/|$)/.exec(repository)?.[1] ?? 443);
  return usual.includes(port) ? usual : [...usual, port];
}
