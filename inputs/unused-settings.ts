import { removeCommand } from "../model/config-commands";
import type { Problem } from "../model/input-error";
import { positionOf } from "./config-keys";
import type { RawConfig } from "./raw-config";

/**
 * A setting of something that is off. Only for a value that differs from the default: one that equals it may have come from
 * `Pulumi.yaml`, and does no harm.
 */
export function unused(raw: RawConfig, path: readonly string[], remedy: string): Problem {
  return { ...positionOf(raw, path), path: path.join("."), problem: "is set, but nothing uses it", remedy };
}

/** A secret of something that is off: what uses it once `key` has that value. */
export function unusedSecret(raw: RawConfig, path: string, key: string, value: string): Problem {
  return unused(
    raw,
    [path],
    `set \`${key}\` to ${value}, or remove it with ${removeCommand({ stack: raw.stack, key: path })}`,
  );
}
