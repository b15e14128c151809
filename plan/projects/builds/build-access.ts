import { buildNamespaceName, logicalName } from "../../../model/names";
import type { Project } from "../../../model/project";
import { planGitFiles } from "../../pipeline/git-files";
import { planWorkflowAccount } from "../../pipeline/workflow-account";
import type { ProjectCluster } from "../project-cluster";
import { projectLabels } from "../project-labels";
import type { PartPlan } from "../project-part";
import { planBuildSecretAccess } from "./build-secrets";
import { planRegistryAuthority } from "./registry-authority";

/** What all builds of a project share; a project without applications has none of it. */
export function planBuildAccess(project: Project, cluster: ProjectCluster): PartPlan {
  const { name, applications } = project;
  if (applications.length === 0) return { resources: [], warnings: [] };
  const place = { namespace: buildNamespaceName(name), labels: projectLabels(name) };
  return {
    resources: [
      ...planWorkflowAccount({ resource: logicalName(name, "build"), ...place }),
      planGitFiles({ resource: logicalName(name, "build-git"), ...place, gitHub: cluster.gitHub }),
      ...(cluster.labAuthority ? [planRegistryAuthority(name)] : []),
      ...planBuildSecretAccess(project, cluster),
    ],
    warnings: [],
  };
}
