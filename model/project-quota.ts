import type { Application } from "./application";
import type { Build } from "./build";
import { databaseEngines } from "./database-engines";
import { type Amount, nodesTogether } from "./node-capacity";
import type { PlatformOutputs } from "./platform-outputs";
import { containerResources } from "./profiles";
import type { Database, Project } from "./project";
import { quantity } from "./quantity";

/** What the pods and volumes of a project may take together. */
export interface QuotaAmount extends Amount {
  /** Bytes that all pods are stopped at together. */
  readonly memoryLimit: number;
  /** Bytes of all volumes. */
  readonly storage: number;
  readonly pods: number;
}

/** Of the nodes, for a project that does not say what it needs: two busy projects then still fit side by side. */
const defaultShare = 0.5;

/**
 * Limits of memory may add up to this many times the requests: most pods use little of their limit most of the time, and
 * never all of them at once.
 */
export const memoryOvercommit = 2;

/** A project's quota; what its file leaves out follows the nodes. */
export function projectQuota({ quota }: Pick<Project, "quota">, node: PlatformOutputs["node"]): QuotaAmount {
  const nodes = nodesTogether(node);
  const memory = quota.memory === undefined ? nodes.memory * defaultShare : quantity(quota.memory);
  return {
    cpu: quota.cpu === undefined ? nodes.cpu * defaultShare : quantity(quota.cpu),
    memory,
    memoryLimit: memory * memoryOvercommit,
    storage: quantity(quota.storage),
    pods: quota.pods,
  };
}

/** What the builds of a project may take: half of one node, since every build is one pod, and no volume. */
export function buildQuota(node: PlatformOutputs["node"]): QuotaAmount {
  const memory = quantity(node.memory) * defaultShare;
  const cpu = quantity(node.cpu) * defaultShare;
  return { cpu, memory, memoryLimit: memory * memoryOvercommit, storage: 0, pods: 10 };
}

/** What the pod of one build takes: the builder, and Argo's executor beside it in the largest profile that there is. */
export function buildDemand({ resources }: Build): QuotaAmount {
  const { requests, limits } = containerResources("full", "argo-workflows-executor");
  return {
    cpu: thousandths(quantity(resources.cpu) + quantity(requests.cpu)),
    memory: quantity(resources.memory) + quantity(requests.memory),
    memoryLimit: quantity(resources.memoryLimit) + quantity(limits.memory),
    storage: 0,
    pods: 1,
  };
}

/** What the pods and volumes of a project's file take at most: an update starts one more pod of each application. */
export function projectDemand({ applications, databases }: Project): QuotaAmount {
  const parts = [...applications.map(applicationDemand), ...databases.map(databaseDemand)];
  const sum = (key: keyof QuotaAmount) => parts.reduce((total, part) => total + part[key], 0);
  return {
    cpu: thousandths(sum("cpu")),
    memory: sum("memory"),
    memoryLimit: sum("memoryLimit"),
    storage: sum("storage"),
    pods: sum("pods"),
  };
}

/** Kubernetes counts in thousandths of a core; sums of fractions would otherwise end in 0000001. */
function thousandths(cores: number): number {
  return Math.round(cores * 1000) / 1000;
}

function applicationDemand({ replicas, resources }: Application): QuotaAmount {
  const pods = replicas + 1;
  return {
    cpu: quantity(resources.cpu) * pods,
    memory: quantity(resources.memory) * pods,
    memoryLimit: quantity(resources.memoryLimit) * pods,
    storage: 0,
    pods,
  };
}

function databaseDemand({ type, size }: Database): QuotaAmount {
  const { requests, limits } = databaseEngines[type].resources;
  return {
    cpu: quantity(requests.cpu),
    memory: quantity(requests.memory),
    memoryLimit: quantity(limits.memory),
    storage: quantity(size),
    pods: 1,
  };
}
