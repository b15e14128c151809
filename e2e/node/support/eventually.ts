import { setTimeout as wait } from "node:timers/promises";

const tries = 30;

/** Asks once a second until the answer is good, and returns the last answer after half a minute at the latest. */
export async function eventually<T>(ask: () => T, isGood: (answer: T) => boolean): Promise<T> {
  let answer = ask();
  for (let count = 1; count < tries && !isGood(answer); count++) {
    await wait(1000);
    answer = ask();
  }
  return answer;
}
