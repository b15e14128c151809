import type { Project } from "../../model/project";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";
import { planRobotInVault, planRobotPassword, planRobotSecrets } from "./registry-secrets";
import { planRegistrySetup } from "./registry-setup";

/** A project of Harbor with one robot account of its own. Harbor keeps both, and the images, when the project goes. */
export function planRegistry(project: Project, cluster: ProjectCluster): PartPlan {
  return {
    resources: [
      planRobotPassword(project.name),
      ...planRobotSecrets(project.name, cluster),
      planRobotInVault(project.name, cluster),
      planRegistrySetup(project, cluster),
    ],
    warnings: [],
  };
}
