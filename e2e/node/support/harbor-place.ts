import { execFileSync } from "node:child_process";
import { isJsonObject } from "../../../model/json";
import { buildNamespaceName, namespaceName } from "../../../model/names";
import { platformNamespaces } from "../../../model/platform-names";
import { planNamespace } from "../../../plan/namespace";
import { harborSecrets, harborSecretValues } from "../../../plan/platform/harbor-secrets";
import { harborService } from "../../../plan/platform/harbor-values";
import { exists, kubectl } from "../../support/kubectl";
import { projectName } from "./registry-project";

const namespace = platformNamespaces.harbor;
const ownLabel = "idp-rows";

/** Why Harbor's namespace cannot be the rows'; empty when it can. */
export function harborObstacles(): readonly string[] {
  const isOwn = !exists("namespace", namespace) || kubectl("get", "namespace", "-l", ownLabel, "-o", "name") !== "";
  return isOwn ? [] : [`the cluster has the namespace ${namespace} already`];
}

/** Harbor's namespace as the platform makes it, the admin's Secret, and a Service that leads to a server outside the cluster. */
export function placeHarbor(adminPassword: string, server: URL): void {
  const { manifest } = planNamespace({ resource: namespace, name: namespace, level: "restricted" });
  const metadata = (name: string, labels = {}) => ({ name, namespace, labels });
  const { existingSecretAdminPasswordKey: key } = harborSecretValues.global;
  const { name, port } = harborService;
  const { labels } = manifest.metadata;
  apply(
    {
      ...manifest,
      metadata: { ...manifest.metadata, labels: { ...(isJsonObject(labels) ? labels : {}), [ownLabel]: "" } },
    },
    { apiVersion: "v1", kind: "Secret", metadata: metadata(harborSecrets.admin), stringData: { [key]: adminPassword } },
    { apiVersion: "v1", kind: "Service", metadata: metadata(name), spec: { ports: [{ name: "http", port }] } },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: metadata(name, { "kubernetes.io/service-name": name }),
      addressType: "IPv4",
      ports: [{ name: "http", port: Number(server.port) }],
      endpoints: [{ addresses: [server.hostname] }],
    },
  );
}

/** Takes everything of the rows from the cluster, also what a run that was killed left, and waits until it is gone. */
export function removeHarbor(): void {
  const namespaces = [namespace, namespaceName(projectName), buildNamespaceName(projectName)];
  kubectl("delete", "namespace", ...namespaces, "--ignore-not-found", "--wait=true", "--timeout=180s");
}

function apply(...items: readonly object[]): void {
  const input = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  execFileSync("kubectl", ["apply", "-f", "-"], { input, stdio: ["pipe", "ignore", "inherit"] });
}
