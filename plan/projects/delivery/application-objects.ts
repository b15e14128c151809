import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import type { IService } from "kubernetes-models/v1/Service";
import { namespaceName, routeName, serviceName } from "../../../model/names";
import { manifest } from "../../manifest";
import type { KubernetesManifest } from "../../planned-resource";
import { routeObjects } from "../../route-objects";
import { applicationLabels, applicationObjectLabels } from "../project-labels";
import { applicationPod } from "./application-pod";
import { applicationPortName, type ApplicationScope, objectMetadata } from "./application-scope";
import { applicationSecret } from "./application-secret";

/** Every object of an application, all in the project's namespace. The namespace itself is made by Pulumi. */
export function applicationObjects(scope: ApplicationScope): readonly KubernetesManifest[] {
  const { replicas, domains } = scope.application;
  const secret = applicationSecret(scope);
  return [
    ...(secret ? [secret] : []),
    manifest(deployment(scope)),
    manifest(service(scope)),
    ...(replicas > 1 ? [manifest(disruptionBudget(scope))] : []),
    ...[...domains].sort().flatMap((domain) => domainObjects(scope, domain)),
  ];
}

/** New pods come one at a time, and an old one goes only when a new one answers. */
function deployment(scope: ApplicationScope) {
  const { application, project } = scope;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: objectMetadata(scope, serviceName(application.name)),
    spec: {
      replicas: application.replicas,
      // The way back is a commit in the GitOps repository; Kubernetes' own would be undone at once.
      revisionHistoryLimit: 2,
      selector: selector(scope),
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: { ...applicationObjectLabels(project, application) } },
        spec: applicationPod(scope),
      },
    },
  } as const satisfies IDeployment;
}

function service(scope: ApplicationScope) {
  const { application } = scope;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: objectMetadata(scope, serviceName(application.name)),
    spec: {
      type: "ClusterIP",
      selector: { ...applicationLabels(application) },
      ports: [{ name: applicationPortName, port: application.port, targetPort: applicationPortName }],
    },
  } as const satisfies IService;
}

/** Emptying a node takes one pod at a time, and never waits for one that does not answer anyway. */
function disruptionBudget(scope: ApplicationScope) {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: objectMetadata(scope, serviceName(scope.application.name)),
    spec: { maxUnavailable: 1, selector: selector(scope), unhealthyPodEvictionPolicy: "AlwaysAllow" },
  } as const satisfies IPodDisruptionBudget;
}

function selector({ application }: ApplicationScope) {
  return { matchLabels: { ...applicationLabels(application) } };
}

/** Their names are the domain's, so that a domain that moves to another application keeps its certificate. */
function domainObjects({ project, application, cluster }: ApplicationScope, domain: string) {
  const { certificate, redirect, http, https } = routeObjects({
    name: routeName(domain),
    namespace: namespaceName(project.name),
    labels: applicationObjectLabels(project, application),
    host: domain,
    entryPoints: cluster.entryPoints,
    issuer: cluster.tls.issuer,
    service: { name: serviceName(application.name), port: application.port },
  });
  return [...(certificate ? [certificate] : []), redirect, http, https];
}
