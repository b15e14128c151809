import type { Problem } from "../model/input-error";
import { nearest } from "./nearest";

/** What is wrong with a key that no schema has: the one that was probably meant, or all that there are. */
export function unknownKey(
  key: string,
  known: readonly string[],
  { prefix = "" }: { readonly prefix?: string } = {},
): Pick<Problem, "problem" | "remedy"> {
  const meant = nearest(key, known);
  const list = known.length > 0 ? `remove it, or use one of ${known.join(", ")}` : "remove it";
  return {
    problem: "is not a known key",
    remedy: meant === undefined ? list : `did you mean \`${prefix}${meant}\`?`,
  };
}
