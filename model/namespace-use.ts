/** Label of each namespace of a project that says what it is for. Frozen: rules of the whole cluster go by it. */
const namespaceUseLabel = "idp/namespace";

/** The two namespaces of a project: where its applications and databases run, and where it is built. */
export type NamespaceUse = "applications" | "builds";

/** Selects, and marks, the namespaces of every project that are for one use; no other namespace has the label. */
export function namespaceUse(use: NamespaceUse): Readonly<Record<string, string>> {
  return { [namespaceUseLabel]: use };
}
