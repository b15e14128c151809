import { databaseEngines } from "../../model/database-engines";
import type { DatabaseType } from "../../model/database-type";
import { logicalName, namespaceName } from "../../model/names";
import type { Project } from "../../model/project";
import { type Peer, planNetworkPolicies, type TrafficRule } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";
import { databaseTypeLabels } from "./project-labels";

const ownPod: Peer = { kind: "same-namespace" };

/**
 * A project's pods reach DNS and the databases of their own project, and nothing else is let in or out. One rule admits
 * all databases of a type, whose servers listen on the same port.
 */
export function planProjectNetwork(project: Project): readonly PlannedManifest[] {
  const types = [...new Set(project.databases.map(({ type }) => type))].sort();
  const policies = planNetworkPolicies({
    resource: logicalName(project.name, "network"),
    namespace: namespaceName(project.name),
    ownPods: "by-rule",
    rules: [toDatabases, ...types.map(intoDatabases)],
  });
  const dependsOn = [logicalName(project.name, "namespace")];
  return policies.map((policy) => ({ ...policy, dependsOn }));
}

/** Which port is decided where the traffic arrives. */
const toDatabases: TrafficRule = {
  name: "to-databases",
  direction: "egress",
  peers: [{ kind: "same-namespace", labels: databaseTypeLabels() }],
};

function intoDatabases(type: DatabaseType): TrafficRule {
  const ports = [databaseEngines[type].port];
  return { name: `into-${type}`, direction: "ingress", pods: databaseTypeLabels(type), peers: [ownPod], ports };
}
