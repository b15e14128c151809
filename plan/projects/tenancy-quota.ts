import type { ILimitRange } from "kubernetes-models/v1/LimitRange";
import type { IResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { buildNamespaceName, logicalName, namespaceName } from "../../model/names";
import type { Project } from "../../model/project";
import { buildQuota, projectQuota, type QuotaAmount } from "../../model/project-quota";
import { smallestVolume } from "../../model/project-scalars";
import { exactBytes, formatCpu } from "../../model/quantity";
import type { Resources } from "../../model/workload";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import type { ProjectCluster } from "./project-cluster";
import { projectLabels } from "./project-labels";

/** A quota, and what a container gets that says nothing: a quota refuses every pod that leaves out what it counts. */
interface Limits {
  /** Logical names start with it. */
  readonly resource: string;
  readonly project: string;
  readonly namespace: string;
  readonly quota: QuotaAmount;
  readonly container: Resources;
  /** They stay with the namespace. */
  readonly retain?: boolean;
}

/** Of helpers beside the applications, such as the pod that answers for a certificate; the rest says what it needs. */
const applicationContainer: Resources = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "256Mi" } };

/** Of a build's step that says nothing. */
const buildContainer: Resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } };

/** What the pods of a project may take of the cluster, builds apart, so that neither starves the other. */
export function planQuotas(project: Project, { node }: ProjectCluster): readonly PlannedManifest[] {
  const { name } = project;
  return [
    ...planLimits({
      resource: logicalName(name, "limits"),
      project: name,
      namespace: namespaceName(name),
      quota: projectQuota(project, node),
      container: applicationContainer,
      retain: true,
    }),
    ...planLimits({
      resource: logicalName(name, "build-limits"),
      project: name,
      namespace: buildNamespaceName(name),
      quota: buildQuota(node),
      container: buildContainer,
    }),
  ];
}

function planLimits(limits: Limits): readonly PlannedManifest[] {
  const retain = limits.retain ? { retain: true } : {};
  return [
    { kind: "manifest", name: `${limits.resource}-quota`, manifest: manifest(resourceQuota(limits)), ...retain },
    { kind: "manifest", name: `${limits.resource}-defaults`, manifest: manifest(limitRange(limits)), ...retain },
  ];
}

/** Ports of the nodes and addresses of the house belong to the platform: what the internet reaches goes by Traefik. */
function resourceQuota({ project, namespace, quota }: Limits) {
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "project", namespace, labels: { ...projectLabels(project) } },
    spec: {
      hard: {
        "requests.cpu": formatCpu(quota.cpu),
        "requests.memory": exactBytes(quota.memory),
        "limits.memory": exactBytes(quota.memoryLimit),
        "requests.storage": exactBytes(quota.storage),
        pods: String(quota.pods),
        "services.nodeports": "0",
        "services.loadbalancers": "0",
      },
    },
  } satisfies IResourceQuota;
}

function limitRange({ project, namespace, container: { requests, limits } }: Limits) {
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "project", namespace, labels: { ...projectLabels(project) } },
    spec: {
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: requests.cpu, memory: requests.memory },
          default: { memory: limits.memory },
        },
        { type: "PersistentVolumeClaim", min: { storage: smallestVolume } },
      ],
    },
  } satisfies ILimitRange;
}
