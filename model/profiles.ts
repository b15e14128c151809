import type { Resources } from "./workload";

/** How much the platform asks for: `nano` fits beside applications in 8 GiB, `small` in 16 GiB, `full` is for busy clusters. */
export const profileNames = ["nano", "small", "full"] as const;

export type ProfileName = (typeof profileNames)[number];

/** Requests and the memory limit of one container. */
type Row = readonly [cpu: string, memory: string, memoryLimit: string];

/**
 * Of one container in each profile. Memory requests follow what the software holds when idle; limits leave room for its
 * peaks.
 */
const table = {
  "argo-cd-controller": [
    ["100m", "256Mi", "768Mi"],
    ["150m", "384Mi", "1Gi"],
    ["250m", "512Mi", "2Gi"],
  ],
  "argo-cd-server": [
    ["20m", "96Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
    ["50m", "128Mi", "512Mi"],
  ],
  "argo-cd-repo-server": [
    ["30m", "128Mi", "512Mi"],
    ["50m", "192Mi", "768Mi"],
    ["100m", "256Mi", "1Gi"],
  ],
  "argo-cd-application-set": [
    ["10m", "64Mi", "256Mi"],
    ["20m", "96Mi", "256Mi"],
    ["50m", "128Mi", "512Mi"],
  ],
  "argo-cd-redis": [
    ["10m", "32Mi", "128Mi"],
    ["20m", "48Mi", "192Mi"],
    ["50m", "64Mi", "256Mi"],
  ],
  "argo-cd-image-updater": [
    ["10m", "64Mi", "256Mi"],
    ["20m", "96Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
  ],
  "argo-cd-vault-plugin": [
    ["10m", "64Mi", "384Mi"],
    ["20m", "96Mi", "512Mi"],
    ["50m", "128Mi", "768Mi"],
  ],
  "harbor-nginx": [
    ["10m", "16Mi", "128Mi"],
    ["10m", "24Mi", "128Mi"],
    ["20m", "32Mi", "256Mi"],
  ],
  "harbor-core": [
    ["50m", "128Mi", "512Mi"],
    ["100m", "192Mi", "768Mi"],
    ["100m", "256Mi", "1Gi"],
  ],
  "harbor-portal": [
    ["10m", "24Mi", "128Mi"],
    ["10m", "32Mi", "128Mi"],
    ["20m", "64Mi", "256Mi"],
  ],
  "harbor-registry": [
    ["30m", "64Mi", "384Mi"],
    ["50m", "96Mi", "512Mi"],
    ["100m", "128Mi", "1Gi"],
  ],
  "harbor-registryctl": [
    ["10m", "32Mi", "192Mi"],
    ["20m", "48Mi", "256Mi"],
    ["20m", "64Mi", "384Mi"],
  ],
  "harbor-jobservice": [
    ["20m", "64Mi", "384Mi"],
    ["50m", "96Mi", "512Mi"],
    ["50m", "128Mi", "768Mi"],
  ],
  "harbor-database": [
    ["50m", "128Mi", "384Mi"],
    ["100m", "192Mi", "512Mi"],
    ["100m", "256Mi", "1Gi"],
  ],
  "harbor-database-permissions": [
    ["10m", "16Mi", "64Mi"],
    ["10m", "16Mi", "64Mi"],
    ["10m", "16Mi", "64Mi"],
  ],
  "harbor-redis": [
    ["10m", "32Mi", "128Mi"],
    ["20m", "48Mi", "192Mi"],
    ["50m", "64Mi", "256Mi"],
  ],
  "harbor-trivy": [
    ["50m", "256Mi", "1Gi"],
    ["100m", "384Mi", "1Gi"],
    ["200m", "512Mi", "2Gi"],
  ],
  "argo-events-controller": [
    ["20m", "96Mi", "256Mi"],
    ["50m", "128Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
  ],
  "event-bus": [
    ["30m", "48Mi", "192Mi"],
    ["50m", "64Mi", "256Mi"],
    ["100m", "128Mi", "512Mi"],
  ],
  "event-bus-reloader": [
    ["5m", "16Mi", "64Mi"],
    ["5m", "16Mi", "64Mi"],
    ["10m", "24Mi", "64Mi"],
  ],
  "event-bus-metrics": [
    ["5m", "16Mi", "64Mi"],
    ["5m", "16Mi", "64Mi"],
    ["10m", "24Mi", "64Mi"],
  ],
  "argo-workflows-controller": [
    ["50m", "96Mi", "384Mi"],
    ["100m", "128Mi", "512Mi"],
    ["100m", "192Mi", "768Mi"],
  ],
  "argo-workflows-server": [
    ["20m", "64Mi", "256Mi"],
    ["50m", "96Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
  ],
  "argo-workflows-executor": [
    ["10m", "32Mi", "128Mi"],
    ["20m", "48Mi", "192Mi"],
    ["50m", "64Mi", "256Mi"],
  ],
  "argo-workflows-step": [
    ["50m", "64Mi", "512Mi"],
    ["100m", "128Mi", "1Gi"],
    ["200m", "256Mi", "2Gi"],
  ],
  vault: [
    ["100m", "128Mi", "512Mi"],
    ["100m", "192Mi", "768Mi"],
    ["250m", "256Mi", "1Gi"],
  ],
  "vault-unsealer": [
    ["5m", "8Mi", "32Mi"],
    ["5m", "8Mi", "32Mi"],
    ["5m", "8Mi", "32Mi"],
  ],
  "external-secrets": [
    ["20m", "96Mi", "256Mi"],
    ["30m", "128Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
  ],
  "cert-manager": [
    ["20m", "64Mi", "256Mi"],
    ["20m", "96Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
  ],
  "cert-manager-cainjector": [
    ["10m", "64Mi", "256Mi"],
    ["20m", "96Mi", "256Mi"],
    ["50m", "128Mi", "384Mi"],
  ],
  "cert-manager-webhook": [
    ["10m", "32Mi", "128Mi"],
    ["10m", "32Mi", "128Mi"],
    ["20m", "64Mi", "256Mi"],
  ],
  "cert-manager-startup-check": [
    ["10m", "32Mi", "128Mi"],
    ["10m", "32Mi", "128Mi"],
    ["10m", "32Mi", "128Mi"],
  ],
} as const satisfies Readonly<Record<string, readonly [Row, Row, Row]>>;

/**
 * A container of the platform. Most run all the time; the executor as long as its workflow, `harbor-database-permissions` before
 * its pod's other container, `cert-manager-startup-check` once.
 */
export type ContainerName = keyof typeof table;

/** What a container of the platform asks for in a profile. */
export function containerResources(profile: ProfileName, container: ContainerName): Resources {
  const [cpu, memory, limit] = table[container][profileNames.indexOf(profile)] ?? table[container][0];
  return { requests: { cpu, memory }, limits: { memory: limit } };
}
