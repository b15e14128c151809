import { z } from "zod";
import { isJsonObject, type JsonObject } from "../../model/json";
import { pushName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import { pushRulesName } from "../../plan/pipeline/push-rules";
import { runLua } from "../../tests/support/push/lua-run";
import type { Call } from "./calls";
import { getObject } from "./kubectl";

const script = z.object({ script: z.string() });
const sensorSpec = z.object({
  template: z.object({ container: z.object({ volumeMounts: z.tuple([z.object({ mountPath: z.string() })]) }) }),
  dependencies: z.array(z.object({ name: z.string(), eventName: z.string(), transform: script, filters: script })),
  triggers: z.tuple([
    z.object({
      parameters: z.array(z.object({ src: z.object({ dependencyName: z.string(), dataKey: z.string() }) })),
    }),
  ]),
});

const eventSourceSpec = z.object({
  github: z.record(z.string(), z.object({ webhook: z.object({ endpoint: z.string() }) })),
});
const namespace = platformNamespaces.argoEvents;

/** The Workflows that the Sensor of the cluster makes of a call, by the objects that the API server has. */
export function installedWorkflows({ path, body }: Call): readonly JsonObject[] {
  const { github } = eventSourceSpec.parse(getObject("eventsource", pushName, namespace)["spec"]);
  const entry = Object.keys(github).find((name) => github[name]?.webhook.endpoint === path);
  if (entry === undefined) throw new Error(`the event source has no ${path}`);
  const { template, dependencies, triggers } = sensorSpec.parse(getObject("sensor", pushName, namespace)["spec"]);
  const rules = z.record(z.string(), z.string()).parse(getObject("configmap", pushRulesName, namespace)["data"]);
  const folder = template.container.volumeMounts[0].mountPath;
  const files = Object.fromEntries(Object.entries(rules).map(([name, text]) => [`${folder}/${name}`, text]));
  const concerned = dependencies.filter(({ eventName }) => eventName === entry);
  return concerned.flatMap(({ name, transform, filters }) => {
    const changed = runLua(transform.script, { headers: {}, body }, files);
    if (runLua(filters.script, changed) !== true) return [];
    const key = triggers[0].parameters.find(({ src }) => src.dependencyName === name)?.src.dataKey ?? "";
    const workflow = isJsonObject(changed) ? changed[key] : undefined;
    if (!isJsonObject(workflow)) throw new Error(`${name} passes the filter without a Workflow`);
    return [workflow];
  });
}
