import type { IMiddleware } from "@kubernetes-models/traefik/traefik.io/v1alpha1/Middleware";
import { logicalName } from "../../model/names";
import { maxPushBytes, pipelineComponentName, pushName, pushPort, pushServiceName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { webhookPath } from "../../model/repository-names";
import { manifest } from "../manifest";
import { challengeAccess, planTrafficRule } from "../network-policies";
import type { KubernetesManifest, PlannedManifest } from "../planned-resource";
import { routeObjects } from "../route-objects";
import type { ProjectCluster } from "../projects/project-cluster";
import { projectRepositories } from "../projects/project-repositories";

const namespace = platformNamespaces.argoEvents;
const [sizeName, rateName] = [`${pushName}-size`, `${pushName}-rate`];

/**
 * The way from GitHub to the event source: the exact paths of the webhooks, and no other method. Argo CD takes calls at the
 * same host and redirects its plain http; a certificate is needed in each of the two namespaces.
 */
export function planPushRoute(projects: readonly Project[], cluster: ProjectCluster): readonly PlannedManifest[] {
  if (cluster.webhookHost === "") return [];
  const paths = projects
    .flatMap(projectRepositories)
    .map(({ project, owner, repository }) => webhookPath(project, owner, repository));
  const { certificate, https } = routeObjects({
    ...{ name: pushName, namespace, host: cluster.webhookHost },
    ...{ entryPoints: cluster.entryPoints, issuer: cluster.tls.issuer },
    service: { name: pushServiceName, port: pushPort },
    only: { method: "POST", paths },
    middlewares: [rateName, sizeName],
  });
  return [
    ...(certificate ? [planned("certificate", certificate)] : []),
    ...(cluster.tls.httpChallenge ? [challengeRule()] : []),
    planned("rate", rateMiddleware()),
    planned("size", sizeMiddleware()),
    planned("https", https),
  ];
}

function planned(role: string, object: KubernetesManifest): PlannedManifest {
  return { kind: "manifest", name: `${resource}-${role}`, manifest: object };
}

const resource = logicalName(pipelineComponentName, "route");

function challengeRule(): PlannedManifest {
  const rule = { name: `${pushName}-challenge`, direction: "ingress", ...challengeAccess } as const;
  return planTrafficRule({ resource, namespace, rule });
}

/** Of one address: GitHub calls from a few, and behind some routers all calls seem to come from one. */
function rateMiddleware(): KubernetesManifest {
  return middleware(rateName, { rateLimit: { average: 10, period: "1s", burst: 100 } });
}

/**
 * A larger call is refused before the event source has to take it in. One that is not is held in memory, as Traefik does with
 * bodies of this size anyway: it has no other limit, and its disk may be read only.
 */
function sizeMiddleware(): KubernetesManifest {
  return middleware(sizeName, {
    buffering: { maxRequestBodyBytes: maxPushBytes, memRequestBodyBytes: maxPushBytes },
  });
}

function middleware(name: string, spec: NonNullable<IMiddleware["spec"]>): KubernetesManifest {
  return manifest({
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata: { name, namespace },
    spec,
  } satisfies IMiddleware);
}
