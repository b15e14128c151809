import type { JsonObject } from "../../model/json";
import { secretOf, secretText } from "../../model/secret-text";
import { componentPlan } from "../../plan/component-plan";
import type {
  ComponentPlan,
  PlannedManifest,
  PlannedRelease,
  PlannedResource,
  PlannedVolume,
} from "../../plan/planned-resource";
import type { ProjectPlan } from "../../plan/projects/project-plan";
import type { ClusterPlan, StackPlan } from "../../plan/stack-plan";

/** One node of 4 cores and 16Gi with the given stacks. */
export function aCluster(...stacks: readonly StackPlan[]): ClusterPlan {
  return { cluster: "homelab", context: "default", node: { cpu: "4", memory: "16Gi", count: 1 }, stacks };
}

export function aStack(changes: Partial<StackPlan> = {}): StackPlan {
  return { stack: "homelab", role: "platform", components: [], projects: [], warnings: [], ...changes };
}

export function aComponent(name: string, resources: readonly PlannedResource[] = []): ComponentPlan {
  return componentPlan({ type: `idp:platform:${name}`, name, resources });
}

/** A component whose only content is pods. */
export function pods(name: string, cpu: string, memory: string, replicas = 1): ComponentPlan {
  return { ...aComponent(name), workloads: [{ name: `${name}-pod`, replicas, requests: { cpu, memory } }] };
}

/** A cluster of one stack with one component of these resources. */
export function clusterOf(...resources: readonly PlannedResource[]): ClusterPlan {
  return aCluster(aStack({ components: [aComponent("shop", resources)] }));
}

export function aNamespace(name: string, changes: Partial<PlannedManifest> = {}): PlannedManifest {
  const manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  return { kind: "manifest", name: "shop-namespace", manifest, ...changes };
}

/** A database's StatefulSet `shop/mysql` with the volume `data`. */
export function aStatefulSet(
  changes: Partial<PlannedVolume> = {},
  claim: JsonObject = { storageClassName: "local-path" },
): PlannedManifest {
  return {
    kind: "manifest",
    name: "shop-mysql",
    volumes: [{ name: "data", size: "5Gi", format: "mysql 8.0", ...changes }],
    manifest: {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "mysql", namespace: "shop" },
      spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claim }] },
    },
  };
}

export function aConfigMap(name: string, data: JsonObject = {}): PlannedManifest {
  const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" }, data };
  return { kind: "manifest", name: `shop-${name}`, manifest };
}

/** A Secret that holds a generated password. */
export function aSecret(): PlannedManifest {
  return {
    kind: "manifest",
    name: "shop-mysql-secret",
    manifest: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "mysql-credentials", namespace: "shop" },
      stringData: { password: secretText(secretOf("shop-mysql-password")) },
    },
  };
}

export function aRelease(changes: Partial<PlannedRelease> = {}): PlannedRelease {
  return {
    kind: "release",
    name: "harbor",
    chart: "harbor",
    source: { repository: "https://helm.goharbor.io", chart: "harbor", version: "1.19.1" },
    namespace: "harbor",
    timeout: 600,
    values: { harborAdminPassword: secretText(secretOf("harbor-admin-password")) },
    ...changes,
  };
}

/** A project with one application and one database. */
export function aProject(name: string, changes: Partial<ProjectPlan> = {}): ProjectPlan {
  return {
    name,
    applications: [
      {
        name: "api",
        repository: `myorg/${name}-api`,
        branch: "main",
        pin: null,
        image: `harbor.lab.example/${name}/api`,
        port: 8080,
        addresses: [`https://api.${name}.example.com`],
        build: { builder: "buildkit", paths: [], platforms: [], test: false, scan: null, sign: false },
        release: "commit",
      },
    ],
    databases: [
      {
        name: "mysql",
        type: "mysql",
        version: "8.0",
        image: "docker.io/library/mysql:8.0",
        host: `mysql.${name}.svc.cluster.local`,
        port: 3306,
        size: "5Gi",
      },
    ],
    secrets: ["mysql-credentials"],
    namespaces: [name, `${name}-build`],
    repositories: [{ name: `myorg/${name}-api`, mode: "use", webhook: null }],
    vaultSecrets: [],
    component: componentPlan({ type: "idp:projects:Project", name, resources: [aStatefulSet(), aSecret()] }),
    ...changes,
  };
}

/** A projects stack with these projects. */
export function aProjectsStack(...projects: readonly ProjectPlan[]): StackPlan {
  return aStack({
    stack: "homelab-projects",
    role: "projects",
    components: projects.map(({ component }) => component),
    projects,
  });
}
