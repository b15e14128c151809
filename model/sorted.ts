/** A copy in the order of a text of each item: the same for every order in which the items were written. */
export function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return sorted(items, ({ name }) => name);
}
