const multipliers: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const pattern = /^(\d+(?:\.\d+)?)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/**
 * A Kubernetes quantity such as `500m`, `1.5` or `5Gi` as a plain number (cores or bytes); undefined when it is none.
 * Signs and exponents, which the API also accepts, make no sense for a size.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const multiplier = multipliers[match[2] ?? ""];
  return multiplier === undefined ? undefined : Number(match[1]) * multiplier;
}

/** Like `parseQuantity`, for text that the schema has accepted already. */
export function quantity(text: string): number {
  const value = parseQuantity(text);
  if (value === undefined) throw new Error(`not a quantity: ${text}`);
  return value;
}

/** Cores as people write them: `0.25` becomes `250m`, `2` stays `2`. */
export function formatCpu(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes in the unit that keeps the number short: `512Mi`, `1.5Gi`. */
export function formatBytes(bytes: number): string {
  const units = ["Ki", "Mi", "Gi", "Ti"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(2))}${units[unit] ?? ""}`;
}

/** Bytes without a loss, in the form that Kubernetes itself would write: `1536Mi`, where a person reads 1.5Gi. */
export function exactBytes(bytes: number): string {
  const whole = Math.floor(bytes);
  const unit = ["Ti", "Gi", "Mi", "Ki"].find((name) => whole > 0 && whole % (multipliers[name] ?? 1) === 0);
  return unit === undefined ? String(whole) : `${whole / (multipliers[unit] ?? 1)}${unit}`;
}
