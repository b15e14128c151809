import { logicalName } from "../../model/names";
import { pipelineComponentName } from "../../model/pipeline-names";
import type { Project } from "../../model/project";
import { releaseNamespace } from "../../model/repository-names";
import { byName } from "../../model/sorted";
import type { Resources, Workload } from "../../model/workload";
import type { PipelineArgs } from "./pipeline";
import type { PipelinePart } from "./pipeline-part";
import { planPushAccounts, planSensorRole } from "./push-access";
import { eventSourceResources, eventSourceSpec, planEventSource } from "./push-event-source";
import { type PushObjects, pushSizeProblems } from "./push-limits";
import { planPushNetwork } from "./push-network";
import { planPushRoute } from "./push-route";
import { planPushRules, pushRuleFiles } from "./push-rules";
import { planSensor, sensorResources, sensorSpec } from "./push-sensor";

/**
 * What takes the calls of GitHub, of builds and of sweeps, and makes Workflows of them. More projects than one cluster can
 * have are planned all the same, so that a person sees what they would take; its problems say so.
 */
export function planPushEvents({ projects: given, cluster }: PipelineArgs): PipelinePart {
  const projects = byName(given).filter(({ applications }) => applications.length > 0);
  if (projects.length === 0) return { resources: [], warnings: [] };
  const objects = pushObjects(projects);
  const { eventSource, sensor, rules } = objects;
  const before = [...planPushAccounts(), ...releaseRole()];
  const rulesMap = planPushRules(rules);
  const problems = pushSizeProblems(objects);
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
    warnings: problems.map(({ problem, remedy }) => `\`pulumi up\` would stop: ${problem}; ${remedy}`),
    problems,
  };
}

function pushObjects(projects: readonly Project[]): PushObjects {
  return { eventSource: eventSourceSpec(projects), sensor: sensorSpec(projects), rules: pushRuleFiles(projects) };
}

function releaseRole() {
  return planSensorRole({ resource: logicalName(pipelineComponentName, "sensor"), namespace: releaseNamespace });
}

function workload(name: string, { requests }: Resources): Workload {
  return { name, replicas: 1, requests };
}
