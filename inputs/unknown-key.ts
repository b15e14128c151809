import type { Problem } from "../model/input-error";
import { nearestAll } from "./nearest";

/** What is wrong with a key that no schema has: the ones that were probably meant, or all that there are. */
export function unknownKey(
  key: string,
  known: readonly string[],
  { prefix = "" }: { readonly prefix?: string } = {},
): Pick<Problem, "problem" | "remedy"> {
  const meant = nearestAll(key, known).map((name) => `\`${prefix}${name}\``);
  const list = known.length > 0 ? `remove it, or use one of ${known.join(", ")}` : "remove it";
  return {
    problem: "is not a known key",
    remedy: meant.length === 0 ? list : `did you mean ${meant.join(" or ")}?`,
  };
}
