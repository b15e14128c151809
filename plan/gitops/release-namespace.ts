import { logicalName } from "../../model/names";
import { gitOpsComponentName, releaseNamespace } from "../../model/repository-names";
import { planNamespace } from "../namespace";
import { anywhere, internet, planNetworkPolicies } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";
import type { GitOpsRepository } from "../projects/project-cluster";

/** Where releases run: they reach git and the Kubernetes API, and nobody reaches them. */
export function planReleaseNamespace({ address }: GitOpsRepository): readonly PlannedManifest[] {
  const namespace = planNamespace({
    resource: logicalName(gitOpsComponentName, "namespace"),
    name: releaseNamespace,
    level: "restricted",
  });
  // A server of one's own may stand in the house.
  const git = address.startsWith("git@github.com:") ? internet : [anywhere];
  const policies = planNetworkPolicies({
    resource: logicalName(gitOpsComponentName, "network"),
    namespace: releaseNamespace,
    ownPods: "by-rule",
    rules: [
      { name: "git", direction: "egress", peers: git, ports: [22, 443] },
      { name: "kubernetes-api", direction: "egress", peers: [anywhere], ports: [443, 6443] },
    ],
  });
  return [namespace, ...policies];
}
