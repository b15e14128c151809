import { logicalName } from "../../model/names";
import { pipelineComponentName } from "../../model/pipeline-names";
import { releaseNamespace } from "../../model/repository-names";
import { byName } from "../../model/sorted";
import type { Resources, Workload } from "../../model/workload";
import type { PipelineArgs } from "./pipeline";
import type { PipelinePart } from "./pipeline-part";
import { planPushAccounts, planSensorRole } from "./push-access";
import { eventSourceResources, eventSourceSpec, planEventSource } from "./push-event-source";
import { requirePushSizes } from "./push-limits";
import { planPushNetwork } from "./push-network";
import { planPushRoute } from "./push-route";
import { planPushRules, pushRuleFiles } from "./push-rules";
import { planSensor, sensorResources, sensorSpec } from "./push-sensor";

/** What takes the calls of GitHub, of builds and of sweeps, and makes Workflows of them. */
export function planPushEvents({ projects: given, cluster }: PipelineArgs): PipelinePart {
  const projects = byName(given).filter(({ applications }) => applications.length > 0);
  if (projects.length === 0) return { resources: [], warnings: [] };
  const [eventSource, sensor, rules] = [eventSourceSpec(projects), sensorSpec(projects), pushRuleFiles(projects)];
  requirePushSizes({ eventSource, sensor, rules });
  const before = [...planPushAccounts(), ...releaseRole()];
  const rulesMap = planPushRules(rules);
  return {
    resources: [
      ...before,
      ...planPushNetwork(cluster),
      rulesMap,
      planEventSource(eventSource),
      planSensor(
        sensor,
        [...before, rulesMap].map(({ name }) => name),
      ),
      ...planPushRoute(projects, cluster),
    ],
    workloads: [workload("push-event-source", eventSourceResources), workload("push-sensor", sensorResources)],
    warnings: [],
  };
}

function releaseRole() {
  return planSensorRole({ resource: logicalName(pipelineComponentName, "sensor"), namespace: releaseNamespace });
}

function workload(name: string, { requests }: Resources): Workload {
  return { name, replicas: 1, requests };
}
