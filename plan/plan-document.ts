import { isJsonObject, type Json, type JsonObject } from "../model/json";
import { withSecretMarks } from "../model/secret-text";
import { byName, sorted } from "../model/sorted";
import { clusterWarnings } from "./cluster-warnings";
import { type FootprintRow, planFootprint } from "./footprint";
import type { ComponentDocument, PlanDocument, ResourceDocument, StackDocument } from "./plan-document-schema";
import { gitHubFacts, isGitHub } from "./planned-github";
import type { ComponentPlan, PlannedResource } from "./planned-resource";
import { isVault, vaultFacts } from "./planned-vault";
import type { ProjectDocument } from "./project-document-schema";
import type { ApplicationPlan, ProjectPlan } from "./projects/project-plan";
import type { ClusterPlan, StackPlan } from "./stack-plan";
import { quantity } from "../model/quantity";
import type { Workload } from "../model/workload";

/** A plan for other programs: sorted, with every field in a fixed order, secrets by name only. */
export function toPlanDocument(plan: ClusterPlan): PlanDocument {
  const footprint = planFootprint(plan);
  const { rows, sum, capacity, left } = footprint;
  return {
    version: 1,
    cluster: plan.cluster,
    context: plan.context,
    node: { cpu: plan.node.cpu, memory: plan.node.memory, count: plan.node.count },
    stacks: plan.stacks.map(stackDocument),
    footprint: {
      rows: sorted(rows, ({ stack, name }) => `${stack} ${name}`).map(rowDocument),
      sum: { pods: sum.pods, cpu: sum.cpu, memory: sum.memory },
      capacity,
      left,
    },
    warnings: [...clusterWarnings(plan, footprint)].sort(),
  };
}

function rowDocument({ stack, kind, name, pods, cpu, memory }: FootprintRow) {
  return { stack, kind, name, pods, cpu, memory };
}

function stackDocument({ stack, role, components, projects }: StackPlan): StackDocument {
  return {
    stack,
    role,
    components: byName(components).map(componentDocument),
    projects: byName(projects).map(projectDocument),
  };
}

function componentDocument(plan: ComponentPlan): ComponentDocument {
  return {
    name: plan.name,
    type: plan.type,
    addresses: [...plan.addresses].sort(),
    dependsOn: [...plan.dependsOn].sort(),
    workloads: byName(plan.workloads).map(workloadDocument),
    resources: sorted(plan.resources, ({ kind, name }) => `${kind} ${name}`).map(resourceDocument),
  };
}

function workloadDocument({ name, replicas, requests }: Workload) {
  return { name, replicas, requests: { cpu: quantity(requests.cpu), memory: quantity(requests.memory) } };
}

function projectDocument(plan: ProjectPlan): ProjectDocument {
  return {
    name: plan.name,
    ...(plan.environmentOf
      ? { environmentOf: { project: plan.environmentOf.project, name: plan.environmentOf.name } }
      : {}),
    component: plan.component.name,
    applications: byName(plan.applications).map(applicationDocument),
    databases: byName(plan.databases).map(({ name, type, version, image, host, port, size }) => ({
      ...{ name, type, version, image, host, port, size },
    })),
    secrets: [...plan.secrets].sort(),
    namespaces: [...plan.namespaces],
    repositories: byName(plan.repositories).map(({ name, mode, webhook }) => ({ name, mode, webhook })),
    vaultSecrets: sorted(plan.vaultSecrets, ({ mount, path }) => `${mount} ${path}`).map(
      ({ mount, path, keys, writer }) => ({ mount, path, keys: [...keys].sort(), writer }),
    ),
  };
}

function applicationDocument(plan: ApplicationPlan): ProjectDocument["applications"][number] {
  const { name, repository, branch, pin, image, port, addresses, release } = plan;
  const { builder, paths, platforms, test, scan, sign } = plan.build;
  return {
    ...{ name, repository, branch, pin, image, port },
    addresses: [...addresses].sort(),
    build: {
      ...{ builder, paths: [...paths].sort(), platforms: [...platforms].sort(), test },
      scan: scan && { mode: scan.mode, severity: scan.severity },
      sign,
    },
    release,
  };
}

function resourceDocument(resource: PlannedResource): ResourceDocument {
  const base = {
    name: resource.name,
    ...(resource.part ? { part: resource.part.name } : {}),
    dependsOn: [...(resource.dependsOn ?? [])].sort(),
    protect: resource.protect ?? false,
    retain: resource.retain ?? false,
    volumes: byName(resource.volumes ?? []).map(({ name, size, format }) => ({
      ...{ name, size },
      ...(format === undefined ? {} : { format }),
    })),
  };
  if (isGitHub(resource)) return { kind: resource.kind, ...base, facts: printable(gitHubFacts(resource)) };
  if (isVault(resource)) return { kind: resource.kind, ...base, facts: printable(vaultFacts(resource)) };
  switch (resource.kind) {
    case "password":
      return { kind: resource.kind, ...base, length: resource.length, rotation: resource.rotation ?? 0 };
    case "private-key":
      return { kind: resource.kind, ...base, algorithm: resource.algorithm };
    case "certificate": {
      const { kind, privateKey, commonName, years } = resource;
      return { kind, ...base, privateKey, commonName, years };
    }
    case "manifest":
      return { kind: resource.kind, ...base, manifest: printable(resource.manifest) };
    case "release": {
      const { kind, chart, source, namespace, timeout } = resource;
      return { kind, ...base, chart, source, namespace, timeout, values: printable(resource.values) };
    }
  }
}

/** Without secrets, and with keys sorted: the order in which a plan was put together says nothing. */
function printable(object: JsonObject): Record<string, Json> {
  const marked = withSecretMarks(object);
  if (!isJsonObject(marked)) throw new Error("a secret stands where an object is expected");
  return sortedObject(marked);
}

function sortedObject(object: JsonObject): Record<string, Json> {
  return Object.fromEntries(
    sorted(Object.entries(object), ([key]) => key).map(([key, item]) => [key, sortedKeys(item)]),
  );
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sortedKeys(item));
  return isJsonObject(value) ? sortedObject(value) : value;
}
