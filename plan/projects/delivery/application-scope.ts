import { imageName, unreleasedTag } from "../../../model/delivery-names";
import { namespaceName } from "../../../model/names";
import type { Application, Project } from "../../../model/project";
import type { ProjectCluster } from "../project-cluster";
import { applicationObjectLabels } from "../project-labels";

/** One application with all that its objects need to know. */
export interface ApplicationScope {
  readonly project: Project;
  readonly application: Application;
  readonly cluster: ProjectCluster;
}

/** Name of the port in pods and Service. */
export const applicationPortName = "http";

/** The image as this program writes it; CI's file beside it puts the digest in the place of the tag. */
export function unreleasedImage(scope: ApplicationScope): string {
  return `${applicationImage(scope)}:${unreleasedTag}`;
}

/** The image without tag or digest. */
export function applicationImage({ project, application, cluster }: ApplicationScope): string {
  return imageName(cluster.registryHost, project.name, application.name);
}

export function objectMetadata({ project, application }: ApplicationScope, name: string) {
  return {
    name,
    namespace: namespaceName(project.name),
    labels: { ...applicationObjectLabels(project, application) },
  };
}
