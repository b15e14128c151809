import { buildNamespaceName, namespaceName } from "../../../model/names";
import { platformNamespaces } from "../../../model/platform-names";
import { planNamespace } from "../../../plan/namespace";
import { harborSecrets, harborSecretValues } from "../../../plan/platform/harbor-secrets";
import { harborService } from "../../../plan/platform/harbor-values";
import { kubectl } from "../../support/kubectl";
import { applyObjects, outsideService } from "./outside-service";
import { foreignObstacles, marked } from "./own-objects";
import { projectName } from "./registry-project";

const namespace = platformNamespaces.harbor;

/** Why Harbor's namespace cannot be the rows'; empty when it can. */
export function harborObstacles(): readonly string[] {
  return foreignObstacles("namespace", [namespace]);
}

/** Harbor's namespace as the platform makes it, the admin's Secret, and a Service that leads to a server outside the cluster. */
export function placeHarbor(adminPassword: string, server: URL): void {
  const { manifest } = planNamespace({ resource: namespace, name: namespace, level: "restricted" });
  const { existingSecretAdminPasswordKey: key } = harborSecretValues.global;
  const metadata = { name: harborSecrets.admin, namespace };
  applyObjects(
    marked(manifest),
    { apiVersion: "v1", kind: "Secret", metadata, stringData: { [key]: adminPassword } },
    ...outsideService({ namespace, ...harborService, server }),
  );
}

/** Takes everything of the rows from the cluster, also what a run that was killed left, and waits until it is gone. */
export function removeHarbor(): void {
  const namespaces = [namespace, namespaceName(projectName), buildNamespaceName(projectName)];
  kubectl("delete", "namespace", ...namespaces, "--ignore-not-found", "--wait=true", "--timeout=180s");
}
