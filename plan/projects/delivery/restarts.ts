import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { logicalName, namespaceName, serviceName } from "../../../model/names";
import type { Project } from "../../../model/project";
import { restarterAccountName } from "../../../model/restarter-name";
import { releasedBy } from "../../../model/release-modes";
import { releaseNamespace } from "../../../model/repository-names";
import { manifest } from "../../manifest";
import type { PlannedManifest } from "../../planned-resource";
import type { PartPlan } from "../project-part";
import { projectLabels } from "../project-labels";

const rbac = { apiGroup: "rbac.authorization.k8s.io", apiVersion: "rbac.authorization.k8s.io/v1" } as const;

/** Lets the releases start the pods of a project's applications anew that run what a moving tag means. */
export function planRestarts(project: Project): PartPlan {
  const names = releasedBy("restart", project);
  if (names.length === 0) return { resources: [], warnings: [] };
  return { resources: access(project.name, names), warnings: names.map((name) => warning(project.name, name)) };
}

/** The account may not even look: the name of a Deployment is all that it needs. */
function access(project: string, applications: readonly string[]): readonly PlannedManifest[] {
  const metadata = {
    name: restarterAccountName,
    namespace: namespaceName(project),
    labels: { ...projectLabels(project) },
  };
  const resourceNames = applications.map(serviceName);
  const role = {
    apiVersion: rbac.apiVersion,
    kind: "Role",
    metadata,
    rules: [{ apiGroups: ["apps"], resources: ["deployments"], resourceNames, verbs: ["patch"] }],
  } satisfies IRole;
  const binding = {
    apiVersion: rbac.apiVersion,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: rbac.apiGroup, kind: "Role", name: restarterAccountName },
    subjects: [{ kind: "ServiceAccount", name: restarterAccountName, namespace: releaseNamespace }],
  } satisfies IRoleBinding;
  return [
    { kind: "manifest", name: logicalName(project, "restarts-role"), manifest: manifest(role) },
    { kind: "manifest", name: logicalName(project, "restarts-binding"), manifest: manifest(binding) },
  ];
}

function warning(project: string, application: string): string {
  return (
    `${project}/${application}: each of its pods runs what a tag means when it starts, so that nothing says which image runs ` +
    "and the way back is another push (`release.mode: restart`); `release.mode: commit` runs one image by its digest"
  );
}
