import type { Problem } from "../../model/input-error";
import type { EventSourceSpec } from "./push-event-source";
import type { SensorSpec } from "./push-sensor";

/** What of a cluster's projects has to fit somewhere. */
export interface PushObjects {
  readonly eventSource: EventSourceSpec;
  readonly sensor: SensorSpec;
  /** The files of the Sensor's ConfigMap. */
  readonly rules: Readonly<Record<string, string>>;
}

/** Linux hands a program no longer text in one variable, with its name and its end: `MAX_ARG_STRLEN` of binfmts.h. */
export const longestVariable = 131_072;

/** All that a ConfigMap may hold. Source: https://kubernetes.io/docs/concepts/configuration/configmap/ */
const largestConfigMap = 1_048_576;

/** What Argo Events adds to the spec at most: names, a time and a state, all of them empty. */
const added = 256;

/** Why an event source or a Sensor would never start, or Kubernetes would not take their objects; empty when all fit. */
export function pushSizeProblems(objects: PushObjects): readonly Problem[] {
  return [
    tooLarge(Object.keys(objects.eventSource.github).length, "repositories", "event source", eventSourceBytes(objects)),
    tooLarge(objects.sensor.dependencies.length, "applications", "Sensor", sensorBytes(objects)),
    tooManyRules(objects),
  ].flat();
}

/** Bytes of the variable by which the event source gets all entries. Argo Events writes three fields into each that nobody sets. */
export function eventSourceBytes({ eventSource }: Pick<PushObjects, "eventSource">): number {
  const entries = Object.entries(eventSource.github).map(([name, entry]): [string, object] => [
    name,
    { ...entry, insecure: undefined, ...{ id: 0, owner: "", repository: "" } },
  ]);
  return variableBytes("EVENTSOURCE_OBJECT", { ...eventSource, github: Object.fromEntries(entries) });
}

/** Bytes of the variable by which the Sensor gets all dependencies. */
export function sensorBytes({ sensor }: Pick<PushObjects, "sensor">): number {
  return variableBytes("SENSOR_OBJECT", sensor);
}

/** Source: argo-events pkg/reconciler/eventsource/resource.go and sensor/resource.go */
function variableBytes(name: string, spec: object): number {
  return `${name}=`.length + 4 * Math.ceil((utf8(JSON.stringify(spec)) + added) / 3) + 1;
}

function utf8(text: string): number {
  return new TextEncoder().encode(text).length;
}

function tooLarge(count: number, things: string, object: string, bytes: number): readonly Problem[] {
  if (bytes <= longestVariable) return [];
  return [
    {
      file: "all project files",
      problem: `${count} ${things} are too many for the one ${object} of a cluster: its pod gets them in one variable of ${bytes} bytes, and Linux hands over at most ${longestVariable}`,
      remedy: "move projects to another cluster, or give them and their repositories shorter names",
    },
  ];
}

function tooManyRules({ rules }: PushObjects): readonly Problem[] {
  const bytes = Object.entries(rules).reduce((sum, [file, text]) => sum + file.length + utf8(text), 0);
  if (bytes <= largestConfigMap) return [];
  return [
    {
      file: "all project files",
      problem: `what the Sensor goes by takes ${bytes} bytes, and a ConfigMap holds at most ${largestConfigMap}`,
      remedy: "name folders instead of many files under `build.paths`, or move projects to another cluster",
    },
  ];
}
