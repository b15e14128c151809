import { toJsonObject } from "../model/json";
import type { KubernetesManifest } from "./planned-resource";

/** What typed models of Kubernetes objects have in common; only the fields that plans use. */
interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: object;
    readonly annotations?: object;
  };
  readonly spec?: object;
  readonly data?: object;
  readonly stringData?: object;
  readonly type?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly rules?: readonly object[];
  readonly roleRef?: object;
  readonly subjects?: readonly object[];
}

/** A typed Kubernetes object as plain data, in the key order that people expect. */
export function manifest(object: KubernetesObject): KubernetesManifest {
  const { apiVersion, kind, metadata, ...rest } = object;
  return { apiVersion, kind, metadata: { ...toJsonObject(metadata), name: metadata.name }, ...toJsonObject(rest) };
}

/** Namespace of an object; undefined for one that belongs to the whole cluster. */
export function namespaceOf(object: KubernetesManifest): string | undefined {
  const { namespace } = object.metadata;
  return typeof namespace === "string" ? namespace : undefined;
}

/** `v1/Namespace argocd` or `apps/v1/StatefulSet shop/mysql`: what identifies an object in a cluster. */
export function manifestIdentity(object: KubernetesManifest): string {
  const namespace = namespaceOf(object);
  return `${object.apiVersion}/${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${object.metadata.name}`;
}
