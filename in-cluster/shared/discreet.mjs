// Part of programs that hold secrets: nothing of them may reach a log, also inside what a service answers, and nothing from
// outside may change where a request goes.
import { given, secretFile, TryAgain } from "./service.mjs";

const concealed = new Set();

const forms = {
  address: /^https?:\/\/[A-Za-z0-9.:[\]-]+$/,
  count: /^[1-9][0-9]?$/,
  file: /^\/[^\0]+$/,
  mode: /^(kubernetes-secret|manual|transit)$/,
  name: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  seal: /^(shamir|static|transit)$/,
  seconds: /^[0-9]{1,6}$/,
};

/** A variable that has the form that it must have. */
export function checked(name, form) {
  const value = given(name);
  if (!forms[form].test(value)) throw new Error(`${name} has not the form that it must have`);
  return value;
}

/** A token from a file, which may be another one at each call; it gets into no log. */
export function tokenFrom(name) {
  const token = secretFile(name);
  // As part of a header it would be repeated in the error of whatever refuses it.
  if (!/^[!-~]+$/.test(token)) throw new TryAgain(`the file that ${name} names holds no token`);
  conceal([token]);
  return token;
}

/** From now on these values are shown as `***`. */
export function conceal(values) {
  for (const value of values) concealed.add(value).add(Buffer.from(value).toString("base64"));
}

export function discreet(text) {
  return [...concealed].reduce((shown, value) => shown.replaceAll(value, "***"), String(text));
}

export function say(text) {
  console.log(discreet(text));
}

/** Runs a program whose last sentence shows nothing that is concealed, whatever it repeats. */
export async function discreetly(main) {
  try {
    await main();
  } catch (error) {
    error.message = discreet(error.message);
    throw error;
  }
}
