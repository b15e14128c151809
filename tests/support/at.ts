/** The value at a path such as `at(values, "server", "resources")`; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (reached, key) =>
      typeof reached === "object" && reached !== null
        ? Object.entries(reached).find(([name]) => name === String(key))?.[1]
        : undefined,
    value,
  );
}
