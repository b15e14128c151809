import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import { logicalName, namespaceName } from "../../model/names";
import { platformNamespaces, thisCluster } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import type { ProjectCluster } from "./project-cluster";
import { projectLabels } from "./project-labels";

interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** What the GitOps repository holds of an application; nothing else is taken from it. */
export const deliveredKinds: readonly Kind[] = [
  { group: "", kind: "Service" },
  { group: "apps", kind: "Deployment" },
  { group: "cert-manager.io", kind: "Certificate" },
  { group: "external-secrets.io", kind: "ExternalSecret" },
  { group: "policy", kind: "PodDisruptionBudget" },
  { group: "traefik.io", kind: "IngressRoute" },
  { group: "traefik.io", kind: "Middleware" },
];

/**
 * What Kubernetes makes of a Deployment. Argo CD shows, and gives the logs of, only what its project may hold; they give
 * no more than a Deployment does. Source: argo-cd controller/appcontroller.go, `getResourceTree`
 */
const shownKinds: readonly Kind[] = [
  { group: "", kind: "Pod" },
  { group: "apps", kind: "ReplicaSet" },
];

/** What fences a project in. No list of allowed kinds that grows one day may let them in. */
const fenceKinds: readonly Kind[] = [
  { group: "", kind: "LimitRange" },
  { group: "", kind: "ResourceQuota" },
  { group: "", kind: "ServiceAccount" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "rbac.authorization.k8s.io", kind: "Role" },
  { group: "rbac.authorization.k8s.io", kind: "RoleBinding" },
];

/** What argocd-vault-plugin fills. Where it does not run, no Secret of a project comes from the GitOps repository. */
const filledKinds: readonly Kind[] = [{ group: "", kind: "Secret" }];

/** What Argo CD may take for the project: one repository, into one namespace, and the kinds of an application. */
export function planArgoCdProject({ name, secretSync }: Project, { gitOps }: ProjectCluster): PlannedManifest {
  const filled = secretSync === "vault-plugin" ? filledKinds : [];
  const object = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name, namespace: platformNamespaces.argoCd, labels: { ...projectLabels(name) } },
    spec: {
      description: `Applications of ${name}`,
      sourceRepos: [gitOps.address],
      destinations: [{ server: thisCluster, namespace: namespaceName(name) }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [...deliveredKinds, ...filled, ...shownKinds],
      namespaceResourceBlacklist: [...fenceKinds],
    },
  } satisfies IAppProject;
  return { kind: "manifest", name: logicalName(name, "app-project"), manifest: manifest(object) };
}
