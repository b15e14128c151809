// Gets the signing step a token of Vault, as the service account that it runs as, and leaves it in a file that nothing but
// this pod sees. Says in one sentence what went wrong.
// VAULT_ADDR, VAULT_AUTH   address of Vault, and path of the auth method, such as `kubernetes`
// VAULT_ROLE               role of the project
// ACCOUNT_TOKEN_FILE       token of the service account, made out for Vault
// VAULT_TOKEN_FILE         file to write, where cosign looks for it
// IMAGE, DIGEST            what is to be signed
// WAIT_SECONDS             how long to wait for a Vault that does not answer yet
// MESSAGE_FILE             gets the sentence, for Kubernetes to show
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const { env } = process;
const betweenAttempts = 1_000;
const longestAnswer = 10_000;

/** Vault cannot answer now: a new attempt may help. */
class NotNow extends Error {}

/** What Vault means by the status of a login; 403 is also said where there is no such auth method. */
const refusals = {
  400: `Vault knows no role ${env.VAULT_ROLE} for this service account; run \`pulumi up\` of the projects stack`,
  403: `Vault does not let this service account log in by the role ${env.VAULT_ROLE}; run \`pulumi up\` of the vault stack and of the projects stack`,
};

async function main() {
  if (!/^sha256:[0-9a-f]{64}$/.test(env.DIGEST ?? ""))
    throw new Error("the build left no digest of an image, so there is nothing to sign");
  const token = await patiently(logIn);
  writeFileSync(env.VAULT_TOKEN_FILE, token, { mode: 0o600 });
  console.log(`${env.IMAGE}@${env.DIGEST} is about to be signed as ${env.VAULT_ROLE}`);
}

async function patiently(attempt) {
  const end = Date.now() + Number(env.WAIT_SECONDS) * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof NotNow) || Date.now() + betweenAttempts > end) throw error;
      await pause(betweenAttempts);
    }
  }
}

async function logIn() {
  const jwt = readFileSync(env.ACCOUNT_TOKEN_FILE, "utf8").trim();
  const response = await post(`/v1/auth/${env.VAULT_AUTH}/login`, { role: env.VAULT_ROLE, jwt });
  if (response.status === 503)
    throw new NotNow("Vault is sealed; unseal it as docs/runbook.md says, then build the commit again");
  if (response.status === 429 || response.status >= 500)
    throw new NotNow(`Vault cannot answer now (${response.status}); build the commit again`);
  if (!response.ok)
    throw new Error(refusals[response.status] ?? `Vault refuses the login (${response.status}); see its audit log`);
  const token = (await response.json().catch(() => undefined))?.auth?.client_token;
  if (typeof token !== "string") throw new Error("what answers at Vault's address is not Vault");
  return token;
}

async function post(path, body) {
  try {
    return await fetch(`${env.VAULT_ADDR}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(longestAnswer),
    });
  } catch {
    throw new NotNow(
      `Vault does not answer at ${env.VAULT_ADDR}; see whether its pod runs, then build the commit again`,
    );
  }
}

try {
  await main();
} catch (error) {
  // Kubernetes shows it beside the step; what else a program says of itself helps nobody.
  console.error(error.message);
  writeFileSync(env.MESSAGE_FILE, error.message);
  process.exitCode = 1;
}
