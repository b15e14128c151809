// Second part of the programs that release an image. Each is a step with a few tries of its own, and leaves in the folder
// RESULTS `outcome`, a word, and `description`, a sentence. PAUSE is how many seconds come before a second try; later ones
// wait longer.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ask, given, run, TryAgain } from "./service.mjs";

const tries = 4;

/** The forms of model/names.ts, and of commits as GitHub sends them. */
export const releaseForms = {
  PROJECT: /^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/,
  APPLICATION: /^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/,
  COMMIT: /^(?!0{40}$)[0-9a-f]{40}$/,
  PINNED: /^([0-9a-f]{40})?$/,
};

/** What is released becomes part of an address. */
export function checkForms(forms) {
  for (const [name, form] of Object.entries(forms))
    if (!form.test(given(name))) throw new Error(`${name} has not the form that it must have`);
}

/** Asks `service`, which is at the other end of a release. */
export async function reach(service, address, options) {
  try {
    return await ask(service, address, options);
  } catch ({ cause }) {
    throw new TryAgain(`${service} cannot be reached: ${cause.cause?.message ?? cause.message}`, { cause });
  }
}

/** The same again while it says so, as often as a step tries. */
export async function withTries(step, left = tries, seconds = Number(process.env.PAUSE ?? 2)) {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof TryAgain) || left <= 1) throw error;
    await wait(seconds * 1000);
    return withTries(step, left - 1, seconds * 2);
  }
}

export function finish(outcome, description) {
  writeFileSync(join(given("RESULTS"), "outcome"), outcome);
  writeFileSync(join(given("RESULTS"), "description"), description);
  console.log(description);
}

/** Runs a step; `name` begins the sentence of one that fails. */
export function runStep(name, main) {
  return run(async () => {
    try {
      await main();
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
  });
}
