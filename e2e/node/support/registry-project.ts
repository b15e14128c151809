import { logicalName, registrySetupName } from "../../../model/names";
import type { Project } from "../../../model/project";
import type { ComponentPlan, PlannedResource } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import { someCluster, someProject } from "../../../tests/support/some-project";
import { partialComponent } from "./partial-component";

/** The project of the rows, and its namespace. */
export const projectName = "e2e-registry";

/** Secret and Job of the project in Harbor's namespace. */
export const setupName = registrySetupName(projectName);

/** The project with one application, held at a commit or at none. */
export function registryProject(hash?: string): Project {
  const git = { type: "github", owner: "myorg", repo: "my-api", hash };
  return someProject({ applications: [{ name: "api", git, port: 8080 }] }, projectName);
}

/** What the project's plan makes for its registry, and the namespaces that it needs; there is no Vault on the node. */
export function registryComponent(project: Project): ComponentPlan {
  return partialComponent(planProject(project, someCluster).component, concernsRegistry);
}

function concernsRegistry(resource: PlannedResource): boolean {
  if (resource.kind === "manifest" && resource.manifest.kind === "Namespace") return true;
  return resource.part?.name === logicalName(projectName, "registry") && resource.kind !== "vault-secret";
}
