import assert from "node:assert/strict";
import type { JsonObject } from "../../../model/json";
import type { Project } from "../../../model/project";
import { planPushEvents } from "../../../plan/pipeline/push-events";
import type { PlannedResource } from "../../../plan/planned-resource";
import { applicationOf } from "../some-repository";
import { manifestsOf, someCluster, someProject } from "../some-project";

/** Two applications, another branch of one of them as a project of its own, and a project without any. */
export const someProjects = [
  someProject({ applications: [applicationOf("api", "My-Api"), applicationOf("web", "web")] }, "shop"),
  someProject({ applications: [applicationOf("api", "My-Api", { branch: "next" })] }, "shop-next"),
  someProject({}, "empty"),
];

/** What is planned for the calls of projects. */
export function pushResources(given: readonly Project[] = someProjects, webhookHost = "hooks.example.com") {
  return planPushEvents({ projects: given, cluster: { ...someCluster, webhookHost } }).resources;
}

/** The only object of a kind. */
export function only(resources: readonly PlannedResource[], kind: string): JsonObject {
  const [found, ...others] = manifestsOf(resources, kind);
  assert.ok(found && others.length === 0, kind);
  return found.manifest;
}
