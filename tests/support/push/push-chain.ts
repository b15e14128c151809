import { createHmac, timingSafeEqual } from "node:crypto";
import type { Json, JsonObject } from "../../../model/json";
import type { Project } from "../../../model/project";
import { byName } from "../../../model/sorted";
import { type EventSourceSpec, eventSourceSpec } from "../../../plan/pipeline/push-event-source";
import { pushRuleFiles } from "../../../plan/pipeline/push-rules";
import { type SensorSpec, sensorSpec } from "../../../plan/pipeline/push-sensor";
import { at } from "../at";
import { type LuaFiles, runLua } from "./lua-run";

export interface Call {
  readonly path: string;
  readonly event: string;
  /** The bytes that are signed. */
  readonly body: string;
  /** Of `X-Hub-Signature-256`; absent: none is sent. */
  readonly signature?: string;
}

export interface Answer {
  readonly status: number;
  /** What the Sensor would make. */
  readonly workflows: readonly JsonObject[];
}

/**
 * EventSource and Sensor as they are planned, with a stand-in of what Argo Events does with them: which entry a call reaches,
 * whether its signature is that of the entry's key, what transformations and filters say, and what parameters put into the
 * trigger. The scripts run for real. Source: argo-events pkg/eventsources/sources/github/start.go,
 * pkg/eventbus/jetstream/sensor/trigger_conn.go and pkg/sensors/triggers/params.go; go-github messages.go
 */
export class PushChain {
  readonly #eventSource: EventSourceSpec;
  readonly #sensor: SensorSpec;
  readonly #files: LuaFiles;

  constructor(given: readonly Project[]) {
    const projects = byName(given);
    this.#eventSource = eventSourceSpec(projects);
    this.#sensor = sensorSpec(projects);
    const folder = String(at(this.#sensor.template.container.volumeMounts, 0, "mountPath"));
    const files = Object.entries(pushRuleFiles(projects));
    this.#files = Object.fromEntries(files.map(([file, text]) => [`${folder}/${file}`, text]));
  }

  /** A call that is signed with the key of the entry at the path. */
  signed(path: string, event: string, body: Json): Answer {
    const text = JSON.stringify(body);
    return this.call({ path, event, body: text, signature: signature(text, this.#keyAt(path)) });
  }

  call(call: Call): Answer {
    const found = this.#entryAt(call.path);
    if (!found) return { status: 404, workflows: [] };
    const body = isSigned(call, this.#keyAt(call.path)) ? bodyOf(call) : undefined;
    if (!body) return { status: 400, workflows: [] };
    return { status: 200, workflows: this.made(found[0], { headers: { "Content-Type": ["application/json"] }, body }) };
  }

  /** What the Sensor makes of an event of an entry. */
  made(entry: string, event: JsonObject): readonly JsonObject[] {
    const { dependencies, triggers } = this.#sensor;
    return dependencies
      .filter(({ eventName }) => eventName === entry)
      .flatMap(({ name, transform, filters }) => {
        const changed = runLua(transform.script, event, this.#files);
        if (runLua(filters.script, changed) !== true) return [];
        const parameter = triggers[0].parameters.find(({ src }) => src.dependencyName === name);
        const workflow = at(changed, parameter?.src.dataKey ?? "");
        if (!isObject(workflow)) throw new Error(`${name} passes the filter without a Workflow`);
        return [workflow];
      });
  }

  #entryAt(path: string) {
    return Object.entries(this.#eventSource.github).find(([, { webhook }]) => webhook.endpoint === path);
  }

  /** Every Secret holds another text under every key. */
  #keyAt(path: string): string {
    const [, entry] = this.#entryAt(path) ?? [];
    return entry ? `${entry.webhookSecret.name}/${entry.webhookSecret.key}` : "";
  }
}

export function signature(body: string, key: string): string {
  return `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
}

function isSigned({ body, signature: given = "" }: Call, key: string): boolean {
  const [expected, found] = [Buffer.from(signature(body, key)), Buffer.from(given)];
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** The body with the header in it, as the event source hands it on; nothing for what is no JSON object. */
function bodyOf({ body, event }: Call): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? { ...parsed, "X-GitHub-Event": event, "X-GitHub-Delivery": "72d3162e" } : undefined;
  } catch {
    return undefined;
  }
}

/** What `JSON.parse` gives for an object holds plain data only. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
