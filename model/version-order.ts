/** Whether a version such as `v1.9.2` is older than another one such as `1.10.0`. Only the numbers count, as far as both are given. */
export function isOlder(version: string, than: string): boolean {
  return compareVersions(numbersOf(version), numbersOf(than)) < 0;
}

/** Only as far as both are given: `8.0` and `8` are the same. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((part, index) => b[index] !== undefined && part !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}

function numbersOf(version: string): readonly number[] {
  const [, digits = ""] = /^v?(\d+(?:\.\d+)*)/.exec(version) ?? [];
  return digits.split(".").filter(Boolean).map(Number);
}
