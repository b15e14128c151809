import type { JsonObject } from "./json";

/** CPU and memory as Kubernetes quantities, such as `50m` and `128Mi`. */
export interface Compute extends JsonObject {
  readonly cpu: string;
  readonly memory: string;
}

/** What one pod asks for and where it is stopped. No CPU limit: it only throttles, and a mini PC is mostly idle. */
export interface Resources extends JsonObject {
  readonly requests: Compute;
  readonly limits: JsonObject & { readonly memory: string };
}

/** Pods that run all the time. */
export interface Workload {
  /** Such as `argo-cd-server`. */
  readonly name: string;
  readonly replicas: number;
  /** Of one pod, all its containers together. */
  readonly requests: Compute;
}
