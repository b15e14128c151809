import type { IStatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import type { IService } from "kubernetes-models/v1/Service";
import { logicalName, namespaceName, serviceName, volumeClaimTemplate } from "../../model/names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { databasePod } from "./database-pod";
import { databaseResource, type DatabaseScope, servicePort } from "./database-scope";
import { type ServerFile, serverPortName } from "./engines/engine-server";
import { databaseLabels, databaseObjectLabels } from "./project-labels";
import { workloadAccountResource } from "./workload-account";

/** The stable address of a database. */
export function planService(scope: DatabaseScope): PlannedManifest {
  const { project, database } = scope;
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(scope),
    spec: {
      type: "ClusterIP",
      selector: { ...databaseLabels(database) },
      ports: [{ name: database.type, port: servicePort(scope), targetPort: serverPortName }],
    },
  } satisfies IService;
  const dependsOn = [logicalName(project.name, "namespace")];
  return { kind: "manifest", name: databaseResource(scope, "service"), dependsOn, manifest: manifest(service) };
}

/**
 * The server and its volume. Deleting it takes a word more than leaving it out of a file (`protect`), and stops the server
 * only: the claim stays, as the StatefulSet asks Kubernetes, and so do its namespace and the Secret with the passwords. It
 * is not kept itself, since a database without an owner would go on running outside of every network policy.
 */
export function planStatefulSet(scope: DatabaseScope, file: ServerFile | undefined): PlannedManifest {
  const { database, engine, version } = scope;
  const set = {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: metadata(scope),
    spec: {
      replicas: 1,
      serviceName: serviceName(database.name),
      selector: { matchLabels: { ...databaseLabels(database) } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      template: { metadata: { labels: { ...metadata(scope).labels } }, spec: databasePod(scope, file) },
      volumeClaimTemplates: [volumeClaim(scope)],
    },
  } satisfies IStatefulSet;
  const upgrade = engine.upgradesItself ? { upgradesItself: true } : {};
  return {
    kind: "manifest",
    name: databaseResource(scope, "server"),
    dependsOn: [workloadAccountResource(scope.project.name), databaseResource(scope, "credentials")],
    protect: true,
    volumes: [{ name: database.name, size: database.size, format: version.format, ...upgrade }],
    manifest: manifest(set),
  };
}

function metadata({ project, database }: DatabaseScope) {
  return {
    name: serviceName(database.name),
    namespace: namespaceName(project.name),
    labels: { ...databaseObjectLabels(project, database) },
  };
}

/** Nothing of it can be changed later, labels included, so it has only what it needs. */
function volumeClaim({ cluster, database }: DatabaseScope) {
  return {
    metadata: { name: volumeClaimTemplate },
    spec: {
      accessModes: ["ReadWriteOnce" as const],
      storageClassName: cluster.storageClass,
      resources: { requests: { storage: database.size } },
    },
  };
}
