import { publicGitHub } from "../../model/github-host-keys";
import { buildNamespaceName, logicalName, namespaceName } from "../../model/names";
import { pushPort } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import type { Application, Project } from "../../model/project";
import {
  anywhere,
  challengeAccess,
  internet,
  planNetworkPolicies,
  type TrafficPolicy,
  traefikPeer,
} from "../network-policies";
import { eventSourceLabels } from "../pipeline/push-network";
import type { PlannedManifest } from "../planned-resource";
import { serverPortName } from "./engines/engine-server";
import type { ProjectCluster } from "./project-cluster";
import { applicationLabels, databaseTypeLabels, projectLabels } from "./project-labels";
import { applicationTraffic } from "./tenancy-traffic";

/** Both namespaces of a project are closed; what is let through is said here, and never to or from another project. */
export function planProjectNetwork(project: Project, cluster: ProjectCluster): readonly PlannedManifest[] {
  const { name } = project;
  const labels = projectLabels(name);
  return [
    ...planNetworkPolicies({
      resource: logicalName(name, "network"),
      namespace: namespaceName(name),
      labels,
      ownPods: "by-rule",
      // Argo CD leaves pods behind when their project goes.
      retain: true,
      policies: [
        ...(project.databases.length > 0 ? [intoDatabases] : []),
        ...(needsChallenges(project, cluster) ? [challenges] : []),
        ...project.applications.map((application) => applicationTraffic(project, application)),
      ],
    }),
    ...planNetworkPolicies({
      resource: logicalName(name, "build-network"),
      namespace: buildNamespaceName(name),
      labels,
      ownPods: "by-rule",
      policies: [builds(cluster)],
    }),
  ];
}

/** Which application reaches which database is decided where the traffic leaves. Each pod has its own port of the name. */
const intoDatabases: TrafficPolicy = {
  name: "databases",
  pods: databaseTypeLabels(),
  ingress: [{ peers: [{ kind: "same-namespace", labels: applicationLabels() }], ports: [serverPortName] }],
};

const challenges: TrafficPolicy = {
  name: "challenges",
  pods: challengeAccess.pods,
  ingress: [{ peers: challengeAccess.peers, ports: challengeAccess.ports }],
};

function needsChallenges({ applications }: Project, { tls }: ProjectCluster): boolean {
  return tls.httpChallenge && applications.some(({ domains }: Application) => domains.length > 0);
}

/**
 * A host of this cluster, such as Harbor's, leads to the pods of Traefik, whose ports are others than its service's.
 * Sources and packages come from the internet by ssh, http and https. The Kubernetes API, where a step leaves its result,
 * is an address of the house, and its port that of k3s; 443 would open every device of the house to what a build runs. To
 * the event source a build tells how it stands.
 */
function builds({ gitHub }: ProjectCluster): TrafficPolicy {
  const eventSource = {
    kind: "namespace",
    namespace: platformNamespaces.argoEvents,
    labels: eventSourceLabels,
  } as const;
  return {
    name: "builds",
    egress: [
      { peers: [traefikPeer] },
      { peers: internet, ports: [22, 80, 443] },
      // A GitHub server of one's own may stand in the house, and only its keys are believed.
      ...(gitHub.host === publicGitHub ? [] : [{ peers: [anywhere], ports: [22] }]),
      { peers: [anywhere], ports: [6443] },
      { peers: [eventSource], ports: [pushPort] },
    ],
  };
}
