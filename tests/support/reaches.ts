import type { Registration } from "./mock-engine";

/**
 * Whether a resource waits for another one, directly or by way of others. The engine counts the parent among what a
 * resource depends on. Source: DependenciesOf in pkg/resource/graph/dependency_graph.go of pulumi/pulumi.
 */
export function reaches(
  all: readonly Registration[],
  from: Registration,
  urn: string,
  seen = new Set<string>(),
): boolean {
  const direct = [...from.dependencies, from.parent];
  if (direct.includes(urn)) return true;
  if (seen.has(from.urn)) return false;
  seen.add(from.urn);
  return all.some((next) => direct.includes(next.urn) && reaches(all, next, urn, seen));
}
