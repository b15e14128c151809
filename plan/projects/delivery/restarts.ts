import { logicalName, namespaceName, serviceName } from "../../../model/names";
import type { Project } from "../../../model/project";
import { restarterAccountName } from "../../../model/restarter-name";
import { releasedBy } from "../../../model/release-modes";
import { releaseNamespace } from "../../../model/repository-names";
import type { PlannedManifest } from "../../planned-resource";
import { accessBinding, accessRole } from "../../rbac";
import type { PartPlan } from "../project-part";
import { projectLabels } from "../project-labels";

/** Lets the releases start the pods of a project's applications anew that run what a moving tag means. */
export function planRestarts(project: Project): PartPlan {
  const names = releasedBy("restart", project);
  if (names.length === 0) return { resources: [], warnings: [] };
  return { resources: access(project.name, names), warnings: names.map((name) => warning(project.name, name)) };
}

/** The account may not even look: the name of a Deployment is all that it needs. */
function access(project: string, applications: readonly string[]): readonly PlannedManifest[] {
  const place = { name: restarterAccountName, namespace: namespaceName(project), labels: projectLabels(project) };
  const resourceNames = applications.map(serviceName);
  const role = accessRole(place, [
    { apiGroups: ["apps"], resources: ["deployments"], resourceNames, verbs: ["patch"] },
  ]);
  const account = { name: restarterAccountName, namespace: releaseNamespace };
  const binding = accessBinding(place, { role: restarterAccountName, account });
  return [
    { kind: "manifest", name: logicalName(project, "restarts-role"), manifest: role },
    { kind: "manifest", name: logicalName(project, "restarts-binding"), manifest: binding },
  ];
}

function warning(project: string, application: string): string {
  return (
    `${project}/${application}: each of its pods runs what a tag means when it starts, so that nothing says which image runs ` +
    "and the way back is another push (`release.mode: restart`); `release.mode: commit` runs one image by its digest"
  );
}
