import { namespaceOf } from "./manifest";
import type { PlannedResource } from "./planned-resource";

/** What a resource is: the API's type of an object, such as `apps/v1/StatefulSet`, or the kind of any other. */
export function resourceType(resource: PlannedResource): string {
  return resource.kind === "manifest" ? `${resource.manifest.apiVersion}/${resource.manifest.kind}` : resource.kind;
}

/** What a person calls it: `shop/mysql` for an object of a namespace, or the logical name. */
export function resourceName(resource: PlannedResource): string {
  if (resource.kind !== "manifest") return resource.name;
  const namespace = namespaceOf(resource.manifest);
  const { name } = resource.manifest.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}
