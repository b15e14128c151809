import { buildNamespaceName, logicalName } from "../../../model/names";
import type { Project } from "../../../model/project";
import { planSensorRole } from "../../pipeline/push-access";
import { projectLabels } from "../project-labels";
import type { PartPlan } from "../project-part";

/** Lets the Sensor start the builds of a project. */
export function planSensorAccess({ name, applications }: Project): PartPlan {
  if (applications.length === 0) return { resources: [], warnings: [] };
  const place = { namespace: buildNamespaceName(name), labels: projectLabels(name) };
  return { resources: planSensorRole({ resource: logicalName(name, "sensor"), ...place }), warnings: [] };
}
