import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { manifest } from "./manifest";
import type { Labels } from "./network-policies";
import type { KubernetesManifest } from "./planned-resource";

/** Where a role or a binding is, and what it is called. */
export interface AccessPlace {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

/** What a binding joins. */
export interface Grant {
  /** Name of the role, which is one of the same namespace unless it is one of the whole cluster. */
  readonly role: string;
  readonly kind?: "Role" | "ClusterRole";
  /** The service account that gets its rights. */
  readonly account: { readonly name: string; readonly namespace: string };
}

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

/** Rights in one namespace, which nobody has before a binding gives them. */
export function accessRole(place: AccessPlace, rules: NonNullable<IRole["rules"]>): KubernetesManifest {
  return manifest({ apiVersion, kind: "Role", metadata: metadata(place), rules } satisfies IRole);
}

/** Gives the rights of a role to one service account, in one namespace. */
export function accessBinding(place: AccessPlace, { role, kind = "Role", account }: Grant): KubernetesManifest {
  const { name, namespace } = account;
  return manifest({
    apiVersion,
    kind: "RoleBinding",
    metadata: metadata(place),
    roleRef: { apiGroup, kind, name: role },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  } satisfies IRoleBinding);
}

function metadata({ name, namespace, labels }: AccessPlace) {
  return { name, namespace, ...(labels ? { labels: { ...labels } } : {}) };
}
