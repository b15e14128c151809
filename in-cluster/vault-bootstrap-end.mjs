// Ends the bootstrap token of Vault, which may do everything, once the vault stack has made another way in: revokes it, makes
// sure that Vault takes it no more, and deletes the Secret that held it.
//
//   VAULT_ADDR             address of Vault
//   BOOTSTRAP_TOKEN_FILE   the token; without one nothing is left to do
//   KUBERNETES_URL, NAMESPACE, TOKEN_FILE   see shared/api-server.mjs
//   BOOTSTRAP_SECRET       name of the Secret; this account may delete it, and cannot read it
//   WAIT_SECONDS           how long it waits for Vault and the API server, all together
//
// It ends with 0 when the token is gone, with 75 when it may be tried again later, and else with 1.
import { apiServerTrouble, askApiServer, isDone } from "./shared/api-server.mjs";
import { checked, discreetly, say, tokenFrom } from "./shared/discreet.mjs";
import { given, patiently, run, secretFile, TryAgain } from "./shared/service.mjs";
import { askVault, vaultTrouble } from "./shared/vault-server.mjs";

async function main() {
  process.once("SIGTERM", () => process.exit(143));
  const forms = { VAULT_ADDR: "address", KUBERNETES_URL: "address", NAMESPACE: "name", BOOTSTRAP_SECRET: "name" };
  for (const [name, form] of Object.entries(forms)) checked(name, form);
  if (!hasToken()) return say("there is no bootstrap token of Vault any more");
  const end = Date.now() + Number(checked("WAIT_SECONDS", "seconds")) * 1000;
  const untilEnd = () => ({ forSeconds: (end - Date.now()) / 1000 });
  const headers = { "x-vault-token": tokenFrom("BOOTSTRAP_TOKEN_FILE") };
  await patiently(() => revoke(headers), untilEnd());
  await patiently(() => expectRefusal(headers), untilEnd());
  say("Vault takes its bootstrap token no more");
  await patiently(deleteSecret, untilEnd());
  say(`the Secret ${checked("BOOTSTRAP_SECRET", "name")} is deleted`);
}

/** The Secret need not be there, and then neither is the file. */
function hasToken() {
  const name = given("BOOTSTRAP_TOKEN_FILE");
  try {
    return secretFile("BOOTSTRAP_TOKEN_FILE") !== "";
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw new Error(`${name} cannot be read (${error.code})`, { cause: error });
  }
}

/** Vault answers 403 to a token that it does not know, such as one that was revoked before. */
async function revoke(headers) {
  const answer = await askVault("POST", "auth/token/revoke-self", { headers });
  if (!isDone(answer) && answer.status !== 403) throw vaultTrouble(answer, "the request to revoke its bootstrap token");
}

async function expectRefusal(headers) {
  const answer = await askVault("GET", "auth/token/lookup-self", { headers });
  if (answer.status === 403) return;
  if (isDone(answer))
    throw new TryAgain("Vault has revoked its bootstrap token, and still takes it; look at its audit log");
  throw vaultTrouble(answer, "the question whether it takes its bootstrap token");
}

async function deleteSecret() {
  const name = checked("BOOTSTRAP_SECRET", "name");
  try {
    const answer = await askApiServer("DELETE", `secrets/${name}`);
    if (!isDone(answer) && answer.status !== 404) throw apiServerTrouble(answer, `deleting the Secret ${name}`);
  } catch (error) {
    error.message += `; the token is revoked, and its Secret is left: kubectl -n ${checked("NAMESPACE", "name")} delete secret ${name}`;
    throw error;
  }
}

await run(() => discreetly(main));
