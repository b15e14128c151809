/** Namespaces, Services and values of labels. Source: RFC 1123, section 2.1. */
export const labelLength = 63;

/**
 * Kubernetes adds up to 11 characters to the name of a StatefulSet or a CronJob and makes a label of the result. Source:
 * https://github.com/kubernetes/kubernetes/issues/64023, https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export const workloadLength = 52;

/** The text, or its start and a hash, then exactly as long as allowed, so that no shorter text gives the same. */
export function shortened(limit: number, text: string): string {
  if (text.length < limit) return text;
  const digits = hash(text);
  const start = text.slice(0, limit - digits.length - 1);
  return within(limit, `${start.replace(/[.-]+$/, (end) => "0".repeat(end.length))}-${digits}`);
}

/** The name as it is: one that is too long is a bug, since a part of it could be the name of something else. */
export function within(limit: number, name: string): string {
  if (name.length <= limit) return name;
  throw new Error(`${name} has ${name.length} characters, and ${limit} are allowed`);
}

/** Letters and digits that stand for a text where there is no room for it; eight of them hold 41 bits. */
export function shortHash(text: string, length: number): string {
  return (fnv1a(text) % 36n ** BigInt(length)).toString(36).padStart(length, "0");
}

function hash(text: string): string {
  return fnv1a(text).toString(16).padStart(16, "0");
}

/** FNV-1a of 64 bits: no more than a short name, so it needs no cryptography. */
function fnv1a(text: string): bigint {
  const prime = 0x100000001b3n;
  return Array.from(text).reduce(
    (sum, character) => BigInt.asUintN(64, (sum ^ BigInt(character.codePointAt(0) ?? 0)) * prime),
    0xcbf29ce484222325n,
  );
}
