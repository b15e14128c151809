import { quantity } from "../model/quantity";
import { compareVersions } from "../model/version-order";
import type { PlannedVolume } from "./planned-resource";

/** Why a volume that stays in the plan loses its data. */
export function volumeChangeReasons(before: PlannedVolume, after: PlannedVolume): readonly string[] {
  const format = formatReason(before, after);
  return [...sizeReasons(before, after), ...(format === undefined ? [] : [`the volume ${before.name} ${format}`])];
}

function sizeReasons(before: PlannedVolume, after: PlannedVolume): readonly string[] {
  if (quantity(after.size) >= quantity(before.size)) return [];
  return [
    `the volume ${before.name} shrinks from ${before.size} to ${after.size}: a claim can only grow, so it is made again, empty`,
  ];
}

interface Format {
  readonly software: string;
  /** What encrypts the data, as in `vault sealed by transit`; absent: a key of the software's own. */
  readonly seal?: string;
  readonly version: readonly number[];
}

function parseFormat(text: string): Format {
  const [written = text, seal] = text.split(" sealed by ");
  const match = /^(.*?)(?:\s+v?(\d+(?:\.\d+)*))?$/.exec(written);
  const version = (match?.[2] ?? "").split(".").filter(Boolean).map(Number);
  return { software: match?.[1] ?? written, version, ...(seal === undefined ? {} : { seal }) };
}

/** Newer software may read old files within a major version, and some also across; nothing else is safe. */
function formatReason(volume: PlannedVolume, later: PlannedVolume): string | undefined {
  const [before, after] = [volume.format, later.format];
  if (before === undefined || after === undefined) return undefined;
  const [old, now] = [parseFormat(before), parseFormat(after)];
  if (old.software !== now.software) return `was written by ${writer(before)}, and ${writer(after)} cannot read it`;
  if (old.seal !== now.seal) return sealReason(old, now);
  const order = compareVersions(old.version, now.version);
  if (order > 0) return `was written by ${before}, and the older ${after} cannot read it`;
  if (order < 0 && old.version[0] !== now.version[0] && !volume.upgradesItself) {
    return `was written by ${before}, and ${after} may not read it: make a dump first and restore it afterwards`;
  }
  return undefined;
}

/** What wrote it, without its seal. */
function writer(format: string): string {
  return format.replace(/ sealed by .*$/, "");
}

function sealReason(old: Format, now: Format): string {
  const own = "its own keys";
  const next = now.seal ?? `of ${own}`;
  return (
    `is sealed by ${old.seal ?? own}, and with the seal ${next} ${now.software} cannot open it: take the change back, ` +
    "or migrate the seal as docs/vault.md says"
  );
}
