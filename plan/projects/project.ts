import { databaseSecretName, imageRepositoryPath, logicalName, namespaceName } from "../../model/names";
import type { Application, Project } from "../../model/project";
import { byName } from "../../model/sorted";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import type { ComponentPlan, PlannedManifest } from "../planned-resource";
import { type PlannedDatabase, planDatabase } from "./database";
import { projectLabels } from "./project-labels";
import { planProjectNetwork } from "./project-network";
import type { ApplicationPlan, ProjectPlan } from "./project-plan";

/** The facts of a cluster that its projects need. */
export interface ProjectCluster {
  /** Harbor's host, which starts every image of an application. */
  readonly registryHost: string;
  /** Class of every volume. */
  readonly storageClass: string;
  /** Put before every image of others, such as `mirror.lab.example/proxy`; empty: pull from the source. */
  readonly imageRegistry: string;
}

/** What a project file becomes. The order of its applications and databases makes no difference. */
export function planProject(project: Project, cluster: ProjectCluster): ProjectPlan {
  const databases = byName(project.databases).map((database) => planDatabase(project, database, cluster));
  return {
    name: project.name,
    applications: byName(project.applications).map((application) => applicationPlan(project, application, cluster)),
    databases: databases.map(({ facts }) => facts),
    secrets: databases.map(({ facts }) => databaseSecretName(facts.name)).sort(),
    component: projectComponent(project, databases),
  };
}

function projectComponent(project: Project, databases: readonly PlannedDatabase[]): ComponentPlan {
  return componentPlan({
    type: "idp:projects:Project",
    name: project.name,
    resources: [
      projectNamespace(project),
      ...planProjectNetwork(project),
      ...databases.flatMap(({ resources }) => resources),
    ],
    workloads: databases.map(({ workload }) => workload),
    warnings: databases.flatMap(({ warnings }) => warnings),
  });
}

/** It stays even when no database is left in the file: the volumes of those that were there before are still in it. */
function projectNamespace({ name }: Project): PlannedManifest {
  return planNamespace({
    resource: logicalName(name, "namespace"),
    name: namespaceName(name),
    level: "baseline",
    labels: projectLabels(name),
    retain: true,
  });
}

function applicationPlan(project: Project, application: Application, cluster: ProjectCluster): ApplicationPlan {
  const { name, git, port, domains } = application;
  return {
    name,
    repository: `${git.owner}/${git.repo}`,
    branch: git.branch,
    pin: git.hash,
    image: `${cluster.registryHost}/${imageRepositoryPath(project.name, name)}`,
    port,
    addresses: domains.map((domain) => `https://${domain}`),
  };
}
