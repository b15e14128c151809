import { distance } from "fastest-levenshtein";

/** The known word that was probably meant: at most two letters off, or a third of the word. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  return nearestAll(word, known)[0];
}

/** All known words that may be meant: of those that are equally near, the ones that begin most alike. */
export function nearestAll(word: string, known: readonly string[]): readonly string[] {
  const lower = word.toLowerCase();
  const rated = known.map((text) => ({ text, letters: distance(lower, text.toLowerCase()) }));
  const least = Math.min(...rated.map(({ letters }) => letters));
  if (least > Math.max(2, Math.floor(word.length / 3))) return [];
  const near = rated.filter(({ letters }) => letters === least).map(({ text }) => text);
  const alike = near.map((text) => sameStart(lower, text.toLowerCase()));
  return near.filter((_, index) => alike[index] === Math.max(...alike));
}

/** How many letters two words have in common before the first that differs. */
function sameStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
