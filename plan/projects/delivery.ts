import { logicalName } from "../../model/names";
import type { Application, Project } from "../../model/project";
import type { Workload } from "../../model/workload";
import { applicationFileResource, planApplicationFile } from "./delivery/application-file";
import { planApplicationSet } from "./delivery/application-set";
import { planImageUpdates } from "./delivery/image-updater";
import { planRestarts } from "./delivery/restarts";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";
import { pluginVaultRoleResource } from "./vault-access";

/**
 * Everything by which Argo CD runs a project's applications: a file for each in the GitOps repository, and what makes
 * Argo CD look for their releases, or others than Argo CD make them. None of the objects in the files is made by Pulumi.
 */
export function planDelivery(project: Project, cluster: ProjectCluster): PartPlan {
  const scopes = project.applications.map((application) => ({ project, application, cluster }));
  if (scopes.length === 0) return { resources: [], warnings: [] };
  const dependsOn = [
    logicalName(project.name, "app-project"),
    ...(project.secretSync === "vault-plugin" ? [pluginVaultRoleResource(project.name)] : []),
    ...scopes.map(applicationFileResource),
  ];
  const restarts = planRestarts(project);
  return {
    resources: [
      ...scopes.map(planApplicationFile),
      planApplicationSet(scopes, { project, cluster, dependsOn }),
      ...planImageUpdates(project, cluster),
      ...restarts.resources,
    ],
    warnings: restarts.warnings,
  };
}

/** The pods of an application, once it has been released. */
export function applicationWorkload({ name, replicas, resources: { cpu, memory } }: Application): Workload {
  return { name, replicas, requests: { cpu, memory } };
}
