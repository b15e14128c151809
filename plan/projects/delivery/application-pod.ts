import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPodSpec } from "kubernetes-models/v1/PodSpec";
import { registrySecretName, workloadAccountName } from "../../../model/names";
import { baselineContainer, baselinePod, restrictedContainer, restrictedPod } from "../../container-security";
import { applicationLabels } from "../project-labels";
import { environment } from "./application-environment";
import { applicationPortName, type ApplicationScope, unreleasedImage } from "./application-scope";

/** Seconds that requests have to end after a pod was told to go; a download may take as long. */
const gracePeriod = 120;

/**
 * Seconds between the word that a pod goes and its end: until then Traefik and other pods may still send it requests.
 * Kubernetes itself waits, from 1.34 on in every cluster, so the image needs no shell.
 * Source: https://www.kubernetes.dev/resources/keps/3960/
 */
const farewell = 10;

/** One container, without a token of Kubernetes and without variables of other Services. */
export function applicationPod(scope: ApplicationScope): IPodSpec {
  const { user } = scope.application;
  return {
    serviceAccountName: workloadAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: gracePeriod,
    securityContext: user === undefined ? baselinePod() : restrictedPod(user),
    imagePullSecrets: [{ name: registrySecretName }],
    affinity: apart(scope),
    containers: [container(scope)],
  };
}

/** Two pods of an application share a node only when there is no other. */
function apart({ application }: ApplicationScope): NonNullable<IPodSpec["affinity"]> {
  const labelSelector = { matchLabels: { ...applicationLabels(application) } };
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector } },
      ],
    },
  };
}

function container(scope: ApplicationScope): IContainer {
  const { name, port, resources, user, release } = scope.application;
  const { cpu, memory, memoryLimit } = resources;
  const variables = environment(scope);
  return {
    name,
    image: unreleasedImage(scope),
    // A moving tag is asked for at every start; a digest is what it is.
    ...(release.mode === "restart" ? { imagePullPolicy: "Always" } : {}),
    ports: [{ name: applicationPortName, containerPort: port }],
    ...(variables.length === 0 ? {} : { env: variables }),
    resources: { requests: { cpu, memory }, limits: { memory: memoryLimit } },
    securityContext: user === undefined ? baselineContainer() : restrictedContainer(),
    ...probes(scope),
    lifecycle: { preStop: { sleep: { seconds: farewell } } },
  };
}

/**
 * Five minutes for the start, which the pods before outlive, and then requests only while it answers. Nothing restarts
 * it for not answering: what a health path checks, such as a database, would be no better after a restart of every pod,
 * and a process that ends is started again anyway.
 */
function probes({ application: { health } }: ApplicationScope): Pick<IContainer, "startupProbe" | "readinessProbe"> {
  const port = applicationPortName;
  const check = health ? { httpGet: { path: health.path, port } } : { tcpSocket: { port } };
  return {
    startupProbe: { ...check, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
    readinessProbe: { ...check, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
  };
}
