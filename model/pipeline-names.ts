import { shortHash } from "./name-limits";
import { platformNamespaces } from "./platform-names";
import { repositoryName } from "./repository-names";

/** The component of everything between a push and a release that projects share, in the same stack as they. */
export const pipelineComponentName = "pipeline";

/** The EventSource and the Sensor of the whole cluster, and the event source's account, route and certificate. */
export const pushName = "push";

/** Port of the event source's pod where GitHub's calls arrive, and what builds report of themselves. */
export const pushPort = 12_000;

/** Service that Argo Events makes for the event source. Source: argo-events pkg/reconciler/eventsource/resource.go */
export const pushServiceName = `${pushName}-eventsource-svc`;

/** Where builds and sweeps reach the event source, such as `http://push-eventsource-svc.argo-events.svc.cluster.local:12000`. */
export const pushAddress = `http://${pushServiceName}.${platformNamespaces.argoEvents}.svc.cluster.local:${pushPort}`;

/**
 * Most bytes of a call: what the event source takes by default, and what the event bus carries in one message. GitHub sends
 * up to 25 MB; a push that is larger than this, of many hundred commits, is refused, and a sweep builds its newest commit.
 * Source: argo-events pkg/apis/events/v1alpha1/webhook_context.go and const.go
 */
export const maxPushBytes = 1_048_576;

/** Entry of the event source for a repository of a project. */
export function repositoryEventName(project: string, owner: string, repository: string): string {
  return eventName(repository.toLowerCase(), `${project}/${repositoryName(owner, repository)}`);
}

/**
 * A name in the EventSource and in the Sensor: the start of the plain one, for people, and a hash of the whole. It is short,
 * since each of these objects reaches its pod as one variable, which cannot be long, and names it up to four times. It has
 * neither a dot, which JetStream takes for the end of a part of the subject, nor a hyphen, which the Sensor's conditions
 * take for `_`.
 */
export function eventName(plain: string, whole: string): string {
  return `${plain.replaceAll(/[^a-z0-9]/g, "_").slice(0, 4)}_${shortHash(whole, 8)}`;
}

/** The ClusterWorkflowTemplate with the steps of every build. Only who may change this stack may change it. */
export const buildTemplateName = "build";

/** ConfigMap in the namespace of releases with the number of builds that there may be at a time, and the key of it. */
export const buildPlacesName = "builds";

export const buildPlacesKey = "places";

/** The WorkflowTemplate in the namespace of releases: what happens once a build reports. */
export const releaseTemplateName = "release";

/**
 * The ClusterWorkflowTemplate that finds commits without an image, and in each build namespace what runs it and the
 * ConfigMap that it reads.
 */
export const sweepName = "sweep";

/** Service account of builds in each build namespace, and of releases in theirs: it leaves results and may do no more. */
export const workflowAccountName = "workflows";

/** Service account of the Sensor, in the namespace of Argo Events. */
export const sensorAccountName = "push-sensor";

/** ConfigMap with what git needs beside a key, in each namespace where it runs. */
export const gitFilesName = "git";

/** Priority of the pods of builds: below that of applications, which have none. */
export const buildPriorityClassName = "builds";

/** Event that a build sends to the event source, as the header `X-GitHub-Event` names it; GitHub has none of the name. */
export const reportEvent = "report";

/** How a build stands, as it reports itself; also GitHub's words for the status of a commit. */
export const reportStates = ["pending", "success", "failure"] as const;

export type ReportState = (typeof reportStates)[number];

/** What GitHub calls the status of an application's build on a commit, such as `shop/api`. */
export function statusContext(project: string, application: string): string {
  return `${project}/${application}`;
}
