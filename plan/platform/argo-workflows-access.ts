import type { IClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import type { IClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { platformNamespaces } from "../../model/platform-names";
import { manifest } from "../manifest";
import type { KubernetesManifest, PlannedManifest } from "../planned-resource";
import { accessBinding, accessRole } from "../rbac";

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
  const planned = (role: string, object: KubernetesManifest): PlannedManifest => ({
    kind: "manifest",
    name: `${resource}-server-${role}`,
    manifest: object,
  });
  return [
    planned("settings-role", settingsRole),
    planned("settings-binding", settingsBinding),
    planned("view-role", manifest(viewRole)),
    planned("view-binding", manifest(viewBinding)),
  ];
}

const place = { name: server, namespace } as const;

const settingsRole = accessRole(place, [
  { apiGroups: [""], resources: ["configmaps"], resourceNames: [settingsConfigMap], verbs: ["get"] },
]);

const settingsBinding = accessBinding(place, { role: server, account: place });

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
