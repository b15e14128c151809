import type { Project } from "../../model/project";
import { planBuildAccess } from "./builds/build-access";
import { planBuildTemplate } from "./builds/build-template";
import { planSensorAccess } from "./builds/sensor-access";
import { planSigning } from "./builds/signing";
import { planSweep } from "./builds/sweep";
import type { ProjectCluster } from "./project-cluster";
import type { PartPlan } from "./project-part";

/** What builds a project's applications: all of it in the project's build namespace. */
export function planBuilds(project: Project, cluster: ProjectCluster): PartPlan {
  const parts = [
    planSensorAccess(project),
    planBuildAccess(project, cluster),
    planSigning(project, cluster),
    ...project.applications.map((application) => planBuildTemplate({ project, application, cluster })),
    planSweep(project, cluster),
  ];
  return {
    resources: parts.flatMap(({ resources }) => resources),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}
