import { buildNamespaceName, logicalName, namespaceName } from "../../model/names";
import { namespaceUse } from "../../model/namespace-use";
import { planNamespace } from "../namespace";
import type { PlannedManifest } from "../planned-resource";
import { projectLabels } from "./project-labels";

/** It stays even when no database is left in the file: the volumes of those that were there before are still in it. */
export function planApplicationNamespace(project: string): PlannedManifest {
  return planNamespace({
    resource: logicalName(project, "namespace"),
    name: namespaceName(project),
    level: "baseline",
    labels: { ...projectLabels(project), ...namespaceUse("applications") },
    retain: true,
  });
}

/**
 * Builds need seccomp and AppArmor profiles `Unconfined`: BuildKit without root makes user namespaces and mounts inside
 * its pod, which the default profiles refuse. `baseline` allows neither, so this namespace has no lower level to enforce,
 * and nothing but builds may run in it. What goes beyond `baseline` is noted in the audit log.
 * Source: moby/buildkit docs/rootless.md
 */
export function planBuildNamespace(project: string): PlannedManifest {
  return planNamespace({
    resource: logicalName(project, "build-namespace"),
    name: buildNamespaceName(project),
    level: "privileged",
    audit: "baseline",
    labels: { ...projectLabels(project), ...namespaceUse("builds") },
  });
}
