// Makes one snapshot of all that Vault holds, checks it, and removes old ones. Encrypted it is as in Vault itself: without the
// keys that open Vault, nobody reads it.
//
//   VAULT_ADDR              address of Vault
//   VAULT_AUTH, VAULT_ROLE  path of its kubernetes auth method, and the role there that may read snapshots and nothing else
//   TOKEN_FILE              token of this pod's service account, made out for Vault
//   FOLDER, KEEP            where the snapshots are, and how many stay
//   WAIT_SECONDS            how long it waits for a Vault, or a store, that cannot answer now
//   TRANSFER_SECONDS        how long the snapshot, or its copy, may be on its way; not set: 900
//   S3_ENDPOINT             address of a store that gets a copy; not set: none. With it S3_BUCKET, S3_REGION, S3_PREFIX (what
//                           the names there start with), S3_ACCESS_KEY_FILE and S3_SECRET_KEY_FILE
//
// Only the snapshot of this run is copied, and nothing is ever removed from the store. It ends with 0 when the snapshot, and
// its copy, are there.
import { checked, conceal, discreetly, say, tokenFrom } from "./shared/discreet.mjs";
import { putFile } from "./shared/s3.mjs";
import { TryAgain, given, patiently, reason, run, secretFile } from "./shared/service.mjs";
import { clearAway, saveSnapshot, thinOut } from "./shared/snapshot.mjs";
import { askVault, vaultTrouble } from "./shared/vault-server.mjs";

/** Seconds that the snapshot, or its copy, may be on its way. */
const transfer = Number(process.env["TRANSFER_SECONDS"] ?? 900);

async function backUp() {
  const [folder, keep] = [checked("FOLDER", "file"), snapshotsToKeep()];
  const forSeconds = Number(checked("WAIT_SECONDS", "seconds"));
  const store = storeOf();
  const patience = { forSeconds, pauseSeconds: Math.min(5, forSeconds / 10) };
  await clearAway(folder);
  // First, so that a volume that is full gets room again once fewer are to stay.
  await thinOut(folder, keep);
  const snapshot = await patiently(() => takeSnapshot(folder), patience);
  say(`${snapshot.name} is there: ${snapshot.size} bytes, whole`);
  const { kept, removed } = await thinOut(folder, keep, snapshot.name);
  say(`snapshots: ${kept}, at most ${keep}${removed === 0 ? "" : `; removed: ${removed}`}`);
  if (store) await copy(store, snapshot, patience);
}

/** Its token ends with it, whatever happens. */
async function takeSnapshot(folder) {
  const token = await logIn();
  try {
    return await saveSnapshot(folder, readSnapshot(token));
  } finally {
    await logOut(token);
  }
}

async function logIn() {
  const role = given("VAULT_ROLE");
  const json = { role, jwt: tokenFrom("TOKEN_FILE") };
  const answer = await askVault("POST", `auth/${checked("VAULT_AUTH", "name")}/login`, { json });
  const token = answer.body?.auth?.client_token;
  if (answer.status === 200 && typeof token === "string") {
    conceal([token]);
    return token;
  }
  const notLetIn = `Vault does not let this account in as ${role}; \`pulumi up\` of the vault stack makes that role`;
  if (answer.status === 400 && answer.text.includes("invalid role name")) throw new Error(notLetIn);
  // It says so as well while it cannot ask the API server whose token it is.
  if (answer.status === 403) throw new TryAgain(`${notLetIn} (403)`);
  throw trouble(answer, "the login");
}

/** The parts of the snapshot as they come, so that it is never in memory as a whole. */
async function* readSnapshot(token) {
  const response = await fetch(`${given("VAULT_ADDR")}/v1/sys/storage/raft/snapshot`, {
    headers: { "x-vault-token": token },
    redirect: "manual",
    signal: AbortSignal.timeout(transfer * 1000),
  }).catch(brokenOff);
  const { status, body } = response;
  if (status !== 200) throw await noSnapshot(status, await response.text().catch(brokenOff));
  const parts = body[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await parts.next().catch(brokenOff);
    if (done) return;
    yield value;
  }
}

function noSnapshot(status, text) {
  if (status === 403)
    return new Error(
      `Vault does not let ${given("VAULT_ROLE")} read snapshots; \`pulumi up\` of the vault stack gives it the right`,
    );
  return trouble({ status, text, body: { errors: [text.trim()] } }, "the snapshot");
}

function brokenOff(error) {
  throw new TryAgain(`Vault broke the snapshot off, and none was kept: ${reason(error)}`);
}

function trouble(answer, asked) {
  return answer.text.includes("Vault is sealed")
    ? new TryAgain("Vault is sealed: there is no snapshot before it is open; `npm run doctor` says what to do")
    : vaultTrouble(answer, asked);
}

/** A token that stays behind ends by itself, so the snapshot counts all the same. */
async function logOut(token) {
  const asked = askVault("POST", "auth/token/revoke-self", { headers: { "x-vault-token": token } });
  const { status } = await asked.catch(() => ({ status: "nothing" }));
  if (status !== 204) say(`Vault answers ${status} where its token was to be revoked; the token ends by itself`);
}

async function copy(store, snapshot, patience) {
  const key = `${given("S3_PREFIX")}${snapshot.name}`;
  try {
    await patiently(() => putFile(store, key, snapshot, transfer), patience);
  } catch (error) {
    error.message = `${snapshot.name} is on the volume, and was not copied: ${error.message}`;
    throw error;
  }
  say(`copied to ${key} in ${store.bucket}`);
}

/** Read before anything is asked, so that what is missing is said at once. */
function storeOf() {
  if (process.env["S3_ENDPOINT"] === undefined) return undefined;
  const [endpoint, bucket, region] = ["S3_ENDPOINT", "S3_BUCKET", "S3_REGION"].map(given);
  const [accessKey, secretKey] = ["S3_ACCESS_KEY_FILE", "S3_SECRET_KEY_FILE"].map(secretFile);
  if (accessKey === "" || secretKey === "") throw new Error("the keys of the store are empty; set them anew");
  conceal([secretKey]);
  return { endpoint, bucket, region, accessKey, secretKey };
}

function snapshotsToKeep() {
  const text = given("KEEP");
  if (!/^[1-9][0-9]{0,3}$/.test(text)) throw new Error("KEEP has not the form that it must have");
  return Number(text);
}

await run(() => discreetly(backUp));
