import { logicalName } from "../../model/names";
import { inPart, type PlannedPart } from "../planned-base";
import type { PlannedResource } from "../planned-resource";

/** What a part of a project makes, and what a person should know about it. */
export interface PartPlan {
  readonly resources: readonly PlannedResource[];
  /** One sentence each: what it is, and what to do about it. */
  readonly warnings: readonly string[];
}

/** The small components of a project, by name. Frozen: the type is part of every URN below it. */
const types = {
  tenancy: "idp:projects:Tenancy",
  repositories: "idp:projects:Repositories",
  secrets: "idp:projects:Secrets",
  databases: "idp:projects:Databases",
  registry: "idp:projects:Registry",
  builds: "idp:projects:Builds",
  delivery: "idp:projects:Delivery",
} as const;

/** The resources as the part of a project that they are. */
export function asPart(project: string, part: keyof typeof types, resources: readonly PlannedResource[]) {
  const planned: PlannedPart = { type: types[part], name: logicalName(project, part) };
  return inPart(planned, resources);
}
