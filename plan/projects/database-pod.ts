import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPodSpec } from "kubernetes-models/v1/PodSpec";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { databaseSecretName, volumeClaimTemplate, workloadAccountName } from "../../model/names";
import { imageRepository } from "../cluster-facts";
import { restrictedContainer, restrictedPod } from "../container-security";
import type { DatabaseScope } from "./database-scope";
import { type ServerFile, serverPortName } from "./engines/engine-server";

const serverFileVolume = "server-file";

/** Image of a database with its tag, behind the cluster's mirror when it has one. */
export function databaseImage({ cluster, engine, version }: DatabaseScope): string {
  return `${imageRepository(cluster, engine.repository)}:${version.tag}`;
}

/**
 * One container under the image's own user, which needs no right of the root user on a volume of its group. No variables
 * of other Services: a Service called `postgres` would set `POSTGRES_PORT`.
 */
export function databasePod(scope: DatabaseScope, file: ServerFile | undefined): IPodSpec {
  return {
    serviceAccountName: workloadAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: scope.engine.gracePeriod,
    securityContext: { ...restrictedPod(scope.engine.user), fsGroupChangePolicy: "OnRootMismatch" },
    containers: [container(scope, file)],
    volumes: [
      ...Object.keys(scope.server.scratch).map((name): IVolume => ({ name, emptyDir: {} })),
      ...(file ? [fileVolume(scope, file)] : []),
    ],
  };
}

function container(scope: DatabaseScope, file: ServerFile | undefined): IContainer {
  const { database, engine, server, version } = scope;
  return {
    name: database.type,
    image: databaseImage(scope),
    args: [...server.args(version)],
    env: [...server.env(version, databaseSecretName(database.name))],
    ports: [{ name: serverPortName, containerPort: engine.port }],
    resources: containerResources(scope),
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    ...probes(scope),
    volumeMounts: [
      { name: volumeClaimTemplate, mountPath: version.mountPath },
      ...Object.entries(server.scratch).map(([name, mountPath]) => ({ name, mountPath })),
      ...(file ? [{ name: serverFileVolume, mountPath: file.folder, readOnly: true }] : []),
    ],
  };
}

function containerResources({ engine }: DatabaseScope): NonNullable<IContainer["resources"]> {
  const { requests, limits } = engine.resources;
  return { requests: { cpu: requests.cpu, memory: requests.memory }, limits: { memory: limits.memory } };
}

/** Ten minutes for the first start and for a recovery on a slow disk, during which nothing kills the server. */
function probes({ server }: DatabaseScope): Pick<IContainer, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const check =
    "exec" in server.check
      ? { exec: { command: [...server.check.exec.command] } }
      : { tcpSocket: { ...server.check.tcpSocket } };
  return {
    startupProbe: { ...check, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 },
    readinessProbe: { ...check, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...check, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
  };
}

/** Only the one file; the passwords reach the pod as variables. */
function fileVolume({ database }: DatabaseScope, file: ServerFile): IVolume {
  return {
    name: serverFileVolume,
    secret: {
      secretName: databaseSecretName(database.name),
      items: [{ key: file.name, path: file.name }],
      defaultMode: file.executable ? 0o555 : 0o440,
    },
  };
}
