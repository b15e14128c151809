import { logicalName, pushEventName } from "../../model/names";
import { pipelineComponentName, pushName, repositoryEventName, sensorAccountName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { byName } from "../../model/sorted";
import type { Resources } from "../../model/workload";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { type EventPod, eventPod } from "./push-pod";
import { pushRuleScript, pushRulesFolder, pushRulesName } from "./push-rules";

/** One application in the Sensor. Source: argo-events pkg/apis/events/v1alpha1/sensor_types.go, `EventDependency` */
export interface Dependency {
  readonly name: string;
  readonly eventSourceName: string;
  readonly eventName: string;
  readonly transform: { readonly script: string };
  readonly filters: { readonly script: string };
}

/** Where a trigger takes a part of itself from: the field of a transformed event. */
export interface TriggerParameter {
  readonly src: { readonly dependencyName: string; readonly dataKey: string };
  readonly dest: string;
}

export interface Trigger {
  readonly template: {
    readonly name: string;
    /** Which dependencies pull it, between `||`. */
    readonly conditions: string;
    readonly k8s: { readonly operation: "create"; readonly source: { readonly inline: string } };
  };
  readonly parameters: readonly TriggerParameter[];
  readonly retryStrategy: {
    readonly steps: number;
    readonly duration: string;
    /** A number: Argo Events takes text for none, and then never tries at all. */
    readonly factor: number;
    readonly jitter: number;
  };
  readonly rateLimit: { readonly unit: "Minute"; readonly requestsPerUnit: number };
  readonly atLeastOnce: true;
}

export interface SensorSpec {
  readonly template: EventPod;
  readonly replicas: 1;
  readonly dependencies: readonly Dependency[];
  readonly triggers: readonly [Trigger];
}

/** About 80 MiB are in use; it asks the bus for each repository once a second. */
export const sensorResources: Resources = {
  requests: { cpu: "20m", memory: "96Mi" },
  limits: { memory: "256Mi" },
};

/** What makes a Workflow of a call. */
export function planSensor(spec: SensorSpec, dependsOn: readonly string[]): PlannedManifest {
  const object = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Sensor",
    metadata: { name: pushName, namespace: platformNamespaces.argoEvents },
    spec,
  };
  return {
    kind: "manifest",
    name: logicalName(pipelineComponentName, "sensor"),
    manifest: manifest(object),
    dependsOn,
  };
}

export function sensorSpec(projects: readonly Project[]): SensorSpec {
  const dependencies = projects.flatMap(projectDependencies);
  const files = { configMap: pushRulesName, folder: pushRulesFolder };
  return {
    template: eventPod({ account: sensorAccountName, resources: sensorResources, files }),
    replicas: 1,
    dependencies,
    triggers: [trigger(dependencies.map(({ name }) => name))],
  };
}

/** The transformation decides, and the filter drops what it has found nothing in: an error would stand in the log. */
function projectDependencies({ name: project, applications }: Project): readonly Dependency[] {
  return byName(applications).map(({ name: application, git: { owner, repo } }) => ({
    name: pushEventName(project, application),
    eventSourceName: pushName,
    eventName: repositoryEventName(project, owner, repo),
    transform: { script: pushRuleScript(project, application) },
    filters: { script: "return event.start" },
  }));
}

/**
 * The Workflow comes whole from the one dependency that pulls the trigger: Argo Events passes over those that did not. It
 * holds a call until the Workflow is there, so that one which it could not end is taken up again, and makes nothing else
 * meanwhile. For a commit that is built already there is a Workflow, which it takes for a failure like any other; so it
 * tries for no longer than 31 seconds (after 1, 2, 4, 8 and 16). What an API server that is away for longer loses, a sweep
 * finds. Source: argo-events pkg/sensors/listener.go, triggers/params.go and pkg/shared/util/retry.go
 */
function trigger(dependencies: readonly string[]): Trigger {
  return {
    template: {
      name: "workflow",
      conditions: dependencies.join("||"),
      k8s: { operation: "create", source: { inline: "" } },
    },
    parameters: dependencies.map((dependencyName) => ({
      src: { dependencyName, dataKey: "workflow" },
      dest: "k8s.source.inline",
    })),
    retryStrategy: { steps: 6, duration: "1s", factor: 2, jitter: 0 },
    rateLimit: { unit: "Minute", requestsPerUnit: 120 },
    atLeastOnce: true,
  };
}
