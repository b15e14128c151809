import type { IClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import type { IClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { platformNamespaces } from "../../model/platform-names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";

const namespace = platformNamespaces.argoWorkflows;
const rbacGroup = "rbac.authorization.k8s.io";
const apiVersion = "rbac.authorization.k8s.io/v1";

/** Name of the roles, their bindings, and the service account that the chart makes for the server. */
const server = "argo-workflows-server";

/** The controller's settings, which the server reads when it starts. */
const settingsConfigMap = "argo-workflows-workflow-controller-configmap";

/**
 * What the server may do on its own behalf: read its settings and keep a view of workflows and templates. Everything else
 * it does with the token of the person who is logged in. The chart's role would let it read every Secret of the cluster
 * and change every workflow. Source: argo-workflows server/apiserver/argoserver.go
 */
export function planServerAccess(resource: string): readonly PlannedManifest[] {
  const planned = (role: string, object: Parameters<typeof manifest>[0]): PlannedManifest => ({
    kind: "manifest",
    name: `${resource}-server-${role}`,
    manifest: manifest(object),
  });
  return [
    planned("settings-role", settingsRole),
    planned("settings-binding", settingsBinding),
    planned("view-role", viewRole),
    planned("view-binding", viewBinding),
  ];
}

const settingsRole = {
  apiVersion,
  kind: "Role",
  metadata: { name: server, namespace },
  rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: [settingsConfigMap], verbs: ["get"] }],
} satisfies IRole;

const settingsBinding = {
  apiVersion,
  kind: "RoleBinding",
  metadata: { name: server, namespace },
  roleRef: { apiGroup: rbacGroup, kind: "Role", name: server },
  subjects: [{ kind: "ServiceAccount", name: server, namespace }],
} satisfies IRoleBinding;

const viewRole = {
  apiVersion,
  kind: "ClusterRole",
  metadata: { name: server },
  rules: [
    {
      apiGroups: ["argoproj.io"],
      resources: ["workflows", "workflowtemplates", "clusterworkflowtemplates"],
      verbs: ["get", "list", "watch"],
    },
  ],
} satisfies IClusterRole;

const viewBinding = {
  apiVersion,
  kind: "ClusterRoleBinding",
  metadata: { name: server },
  roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: server },
  subjects: [{ kind: "ServiceAccount", name: server, namespace }],
} satisfies IClusterRoleBinding;
