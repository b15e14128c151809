import { logicalName } from "../../model/names";
import { pipelineComponentName, pushName, pushPort, repositoryEventName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { webhookPath, webhookSecretName } from "../../model/repository-names";
import type { Resources } from "../../model/workload";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { type ProjectRepository, projectRepositories } from "../projects/project-repositories";
import { pushAccountResource } from "./push-access";
import { type EventPod, eventPod } from "./push-pod";

/** One repository of the EventSource. Source: argo-events pkg/apis/events/v1alpha1/eventsource_types.go, `GithubEventSource` */
export interface GitHubEntry {
  readonly repositories: readonly object[];
  readonly webhook: {
    readonly endpoint: string;
    readonly method: "POST";
    readonly port: string;
    readonly url: "";
  };
  readonly events: readonly ["push"];
  readonly webhookSecret: { readonly name: string; readonly key: string };
  readonly insecure: false;
}

/** Source: argo-events pkg/apis/events/v1alpha1/eventsource_types.go, `EventSourceSpec` */
export interface EventSourceSpec {
  readonly template: EventPod;
  readonly replicas: 1;
  readonly service: { readonly ports: readonly { readonly port: number; readonly targetPort: number }[] };
  readonly github: Readonly<Record<string, GitHubEntry>>;
}

/** About 80 MiB are in use. */
export const eventSourceResources: Resources = {
  requests: { cpu: "10m", memory: "96Mi" },
  limits: { memory: "256Mi" },
};

/** What takes the calls of every repository's webhook, and checks that who calls has the repository's key. */
export function planEventSource(spec: EventSourceSpec): PlannedManifest {
  const object = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "EventSource",
    metadata: { name: pushName, namespace: platformNamespaces.argoEvents },
    spec,
  };
  return {
    kind: "manifest",
    name: logicalName(pipelineComponentName, "event-source"),
    manifest: manifest(object),
    dependsOn: [pushAccountResource("event-source")],
  };
}

/** All repositories of all projects, in one pod. */
export function eventSourceSpec(projects: readonly Project[]): EventSourceSpec {
  const repositories = projects.flatMap(projectRepositories);
  return {
    template: eventPod({ account: pushName, resources: eventSourceResources }),
    replicas: 1,
    service: { ports: [{ port: pushPort, targetPort: pushPort }] },
    github: Object.fromEntries(repositories.map(entry)),
  };
}

/**
 * Pulumi makes the webhook, so nothing is said by which Argo Events would make one of its own: no token, no address, no type
 * of content. It asks for a repository all the same, and reads nothing of it; each entry takes room of the one variable
 * that all have to fit into. Source: argo-events pkg/eventsources/sources/github/validate.go, start.go
 */
function entry({ project, key, owner, repository }: ProjectRepository): [string, GitHubEntry] {
  return [
    repositoryEventName(project, owner, repository),
    {
      repositories: [{}],
      webhook: { endpoint: webhookPath(project, owner, repository), method: "POST", port: String(pushPort), url: "" },
      events: ["push"],
      webhookSecret: { name: webhookSecretName(project), key },
      insecure: false,
    },
  ];
}
