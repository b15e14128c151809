import type { Project } from "../../model/project";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";
import { planArgoCdProject } from "./tenancy-argo-cd";
import { planApplicationNamespace, planBuildNamespace } from "./tenancy-namespaces";
import { planProjectNetwork } from "./tenancy-network";
import { planQuotas } from "./tenancy-quota";
import { planWorkloadAccount } from "./workload-account";

/** The place of a project in the cluster: two namespaces that are closed and have limits, and what Argo CD may put there. */
export function planTenancy(project: Project, cluster: ProjectCluster): PartPlan {
  const { name } = project;
  return {
    resources: [
      planApplicationNamespace(name),
      planBuildNamespace(name),
      ...planQuotas(project, cluster),
      ...planProjectNetwork(project, cluster),
      planWorkloadAccount(name),
      planArgoCdProject(project, cluster),
    ],
    warnings: unusedDatabases(project),
  };
}

/** The network lets nobody reach such a database, and nobody has its password. */
function unusedDatabases({ name, applications, databases }: Project): readonly string[] {
  const used = new Set(applications.flatMap(({ uses }) => uses));
  return databases
    .filter((database) => !used.has(database.name))
    .map(
      (database) =>
        `${name}/${database.name}: no application uses it; name it under \`uses\` of the applications that need it`,
    );
}
