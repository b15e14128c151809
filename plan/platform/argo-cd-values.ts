import type { JsonObject } from "../../model/json";
import { secretOf, secretText } from "../../model/secret-text";
import { imageRepository, resourcesOf } from "../cluster-facts";
import type { ArgoCdArgs } from "./argo-cd";
import { vaultPluginConfig, vaultPluginPod } from "./argo-cd-vault-plugin";

/** Logical names of the generated passwords. Frozen: a rename makes new ones. */
export const argoCdPasswords = { admin: "argo-cd-admin-password", webhook: "argo-cd-webhook-secret" } as const;

/**
 * When the admin's password was set. Left out, the chart writes the time of each render, which would end every session
 * and differ at every run. Argo CD refuses sessions that are older than this.
 */
const adminPasswordTime = "2026-01-01T00:00:00Z";

/** Chart values: one pod of each kind, no login but the admin's, and Traefik in front. */
export function argoCdValues(args: Pick<ArgoCdArgs, "facts" | "host" | "vaultPlugin">): JsonObject {
  const { facts, host, vaultPlugin } = args;
  return {
    // Names as Argo CD's own documentation has them, such as `argocd-server`.
    fullnameOverride: "argocd",
    crds: { install: true, keep: true },
    global: {
      domain: host,
      image: { repository: imageRepository(facts, "quay.io/argoproj/argocd") },
      // The component has policies of its own; the chart's let anyone reach the server.
      networkPolicy: { create: false },
    },
    configs: { ...configValues(), ...(vaultPlugin ? { cmp: vaultPluginConfig } : {}) },
    dex: { enabled: false },
    notifications: { enabled: false },
    ...podValues(args),
  };
}

function configValues(): JsonObject {
  return {
    cm: { "kustomize.buildOptions": "--enable-helm" },
    params: {
      // Traefik ends TLS in front of it.
      "server.insecure": "true",
      // A folder that leaves a repository takes its Application with it. Set here, no ApplicationSet can choose otherwise.
      "applicationsetcontroller.policy": "sync",
      // Each render runs a process of its own; many at once do not fit below the memory limit.
      "reposerver.parallelism.limit": "2",
    },
    secret: {
      argocdServerAdminPassword: secretText(secretOf(argoCdPasswords.admin, "bcrypt")),
      argocdServerAdminPasswordMtime: adminPasswordTime,
      githubSecret: secretText(secretOf(argoCdPasswords.webhook)),
    },
  };
}

/** The chart's security contexts meet the `restricted` level as they are. */
function podValues({ facts, vaultPlugin }: Pick<ArgoCdArgs, "facts" | "vaultPlugin">): JsonObject {
  const repoServer = resourcesOf(facts, "argo-cd-repo-server");
  return {
    controller: { resources: resourcesOf(facts, "argo-cd-controller") },
    server: { resources: resourcesOf(facts, "argo-cd-server") },
    applicationSet: { resources: resourcesOf(facts, "argo-cd-application-set") },
    // It renders what others have written and Redis only keeps it: neither needs a token for the Kubernetes API.
    repoServer: {
      resources: repoServer,
      copyutil: { resources: repoServer },
      automountServiceAccountToken: false,
      serviceAccount: { automountServiceAccountToken: false },
      ...(vaultPlugin ? vaultPluginPod(facts) : {}),
    },
    redis: {
      image: { repository: imageRepository(facts, "ecr-public.aws.com/docker/library/redis") },
      resources: resourcesOf(facts, "argo-cd-redis"),
      automountServiceAccountToken: false,
    },
    // A job of seconds with the server's program.
    redisSecretInit: { resources: resourcesOf(facts, "argo-cd-server") },
  };
}
