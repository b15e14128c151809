// First part of the programs that ask a service: Vault, the API server, a store for backups. Such a program ends with one
// sentence for a person. plan/program-files.ts puts the parts of a program together.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** It cannot be done now: the same again may work later. */
export class TryAgain extends Error {}

/** A variable that the program cannot do without. */
export function given(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** A file that holds a secret, without the line end that an editor leaves. */
export function secretFile(name) {
  return readFileSync(given(name), "utf8").trim();
}

/** What another program said, fit for one line of a log. */
export function printable(text) {
  return text.replaceAll(/[^ -~]+/g, " ").slice(0, 200);
}

/** Asks once. `service` is what a person calls it. Redirections are not followed: they could take a token elsewhere. */
export async function ask(service, address, { seconds = 30, headers, json, ...options } = {}) {
  const sent = json === undefined ? {} : { body: JSON.stringify(json) };
  try {
    const response = await fetch(address, {
      ...{ ...options, ...sent },
      headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const text = await response.text();
    return { status: response.status, text, body: parsed(text) };
  } catch (error) {
    const place = address.split("/", 3).join("/");
    throw new TryAgain(`${service} does not answer at ${place}: ${reason(error)}`, { cause: error });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why no answer came, fit for one line of a log. */
export function reason(error) {
  return printable(error.cause?.message || error.cause?.code || error.message);
}

/** The same again for as long as it says so, and `forSeconds` have not passed. */
export async function patiently(step, { forSeconds, pauseSeconds = 1 }) {
  const end = Date.now() + forSeconds * 1000;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof TryAgain) || Date.now() + pauseSeconds * 1000 > end) throw error;
      await pause(pauseSeconds * 1000);
    }
  }
}

/** Runs a program: 0 done, 75 (EX_TEMPFAIL) trouble that passes, anything else final. The sentence ends its log. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = error instanceof TryAgain ? 75 : 1;
  }
}
