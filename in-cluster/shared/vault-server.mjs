// Part of programs that ask Vault. Source of paths and answers: https://developer.hashicorp.com/vault/api-docs/system
//   VAULT_ADDR   its address
import { checked, discreet } from "./discreet.mjs";
import { ask, printable, TryAgain } from "./service.mjs";

export function askVault(method, path, options = {}) {
  return ask("Vault", `${checked("VAULT_ADDR", "address")}/v1/${path}`, { ...options, method });
}

/** An answer that is none of those that a program goes on with. */
export function vaultTrouble({ status, body }, asked) {
  const message = printable(discreet([body?.errors ?? []].flat().join("; ")));
  const sentence = `Vault answers ${status} to ${asked}${message && `: ${message}`}`;
  const passes = [408, 412, 429, 472, 473].includes(status) || status >= 500;
  return passes ? new TryAgain(sentence) : new Error(sentence);
}

/** Whether it has ever been initialised. One that is starting cannot tell yet. */
export async function isInitialised() {
  const answer = await askVault("GET", "sys/init");
  if (answer.status === 200 && typeof answer.body?.initialized === "boolean") return answer.body.initialized;
  throw new TryAgain(vaultTrouble(answer, "whether it is initialised").message);
}

/** Whether it needs its keys, or the seal that it opens itself by. */
export async function isSealed() {
  const answer = await askVault("GET", "sys/seal-status");
  if (answer.status === 200 && typeof answer.body?.sealed === "boolean") return answer.body.sealed;
  throw new TryAgain(vaultTrouble(answer, "whether it is sealed").message);
}

/** Returns once it answers requests; what the answers mean: api-docs/system/health. */
export async function expectActive() {
  const { status } = await askVault("GET", "sys/health");
  if (status === 200) return;
  const states = { 429: "is open and not active yet", 501: "is not initialised", 503: "is sealed" };
  throw new TryAgain(`Vault ${states[status] ?? `is not ready (${status})`}`);
}
