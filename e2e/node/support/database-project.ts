import { someCluster, someProject } from "../../../tests/support/some-project";
import { namespaceOf } from "../../../plan/manifest";
import type { ComponentPlan, PlannedResource } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import { partialComponent } from "./partial-component";
import { isStandIn, type StandInEngine } from "./stand-in-images";

/** The project of the rows, and its namespace. */
export const projectName = "e2e-databases";

const project = someProject(
  {
    databases: [
      { name: "postgres", type: "postgres", version: "15", size: "1Gi" },
      { name: "mysql", type: "mysql", version: "8.0", port: 13306, size: "1Gi" },
      { name: "redis", type: "redis", version: "7.0", size: "1Gi" },
    ],
  },
  projectName,
);

/** A database of the project. */
export interface NodeDatabase {
  readonly name: string;
  readonly engine: StandInEngine;
  /** Image as our StatefulSet names it. */
  readonly image: string;
}

/** The databases of the project. */
export function nodeDatabases(): readonly NodeDatabase[] {
  const { databases } = planProject(project, someCluster);
  return databases.flatMap(({ name, type, image }) => (isStandIn(type) ? [{ name, engine: type, image }] : []));
}

/** What the project's plan makes for its databases: generated passwords, and the objects that Kubernetes itself knows. */
export function databaseComponent(): ComponentPlan {
  return partialComponent(planProject(project, someCluster).component, concernsDatabases);
}

/** Not what a project has besides: other namespaces, and custom resources, whose operators are not on the node. */
function concernsDatabases(resource: PlannedResource): boolean {
  if (resource.kind === "password") return true;
  if (resource.kind !== "manifest") return false;
  const { apiVersion, kind, metadata } = resource.manifest;
  const namespace = kind === "Namespace" ? metadata.name : namespaceOf(resource.manifest);
  const [group = ""] = apiVersion.split("/");
  return namespace === projectName && (!group.includes(".") || group.endsWith(".k8s.io"));
}
