import { cacheRepositoryPath, imageRepositoryPath } from "./names";

/** Robot account of a project in Harbor, by which its builds push and its nodes pull. */
export const registryRobotName = "ci";

/** Name by which the robot account logs in. Source: Harbor's default `robot_name_prefix`, and controller/robot/controller.go */
export function registryRobotUser(project: string): string {
  return `robot$${project}+${registryRobotName}`;
}

/** The cache repositories of a project as Harbor matches them: below the project, `*` for one part of a path. */
export const cacheRepositoryPattern = cacheRepositoryPath("", "*").slice(imageRepositoryPath("", "").length);

/** Certificate and Secret in the build namespace, by whose `ca.crt` builds know the authority that signed Harbor's certificate. */
export const registryAuthoritySecretName = "registry-authority";
