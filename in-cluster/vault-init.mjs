// Initialises Vault once, and never so that its keys could get lost (docs/adr/0023-keys-that-cannot-be-lost.md). It may run
// at any time and as often as one likes: what is to be done follows from Vault, the record and whether the keys are stored.
//
//   VAULT_ADDR                    address of Vault
//   KUBERNETES_URL, NAMESPACE, TOKEN_FILE   see shared/api-server.mjs
//   MODE, SEAL                    who opens Vault (kubernetes-secret, manual, transit), and by what (shamir, static, transit)
//   SHARES, THRESHOLD             how many keys, and how many of them are needed at a time
//   JOURNAL                       see shared/vault-init-journal.mjs
//   KEYS_SECRET, BOOTSTRAP_SECRET, RECORD   names of the two Secrets and of the ConfigMap that it makes
//   WAIT_SECONDS                  how long it waits for Vault, or the API server
//   KEYS_SECONDS                  how long for another run of itself to store the keys that it may hold
//
// It ends with 0 when Vault is initialised, with 75 when it may be tried again later, and else with 1.
import { checked, conceal, discreetly, say } from "./shared/discreet.mjs";
import { patiently, run, TryAgain } from "./shared/service.mjs";
import {
  emptyBesideKeys,
  initialisedElsewhere,
  keysElsewhere,
  keysGone,
  keysLost,
  openIt,
  takeAway,
  tokenOfEarlier,
} from "./shared/vault-init-advice.mjs";
import { keepJournal, readJournal, reserveJournal } from "./shared/vault-init-journal.mjs";
import { readRecord, recordNoTrouble, recordStart, recordStored, recordTrouble } from "./shared/vault-init-record.mjs";
import { isThere, listenToSignals, mayEnd, refuseToEnd, storeAll } from "./shared/vault-init-store.mjs";
import { askVault, expectActive, isInitialised, isSealed, vaultTrouble } from "./shared/vault-server.mjs";

/** Longest time that a slow disk may take for the one request that is never sent twice, in seconds. */
const longestInit = 280;

/** Since when another run may hold the keys; 0: no reason to think so yet. */
let missingSince = 0;

/** A person must decide. */
class Refusal extends Error {}

/** Somebody else may still make it good; `refusal` is what a person reads when nobody has. */
class KeysMissing extends TryAgain {
  constructor(refusal) {
    super("Vault is initialised, and the keys are not stored yet; another run may hold them");
    this.refusal = refusal;
  }
}

async function main() {
  const forms = { MODE: "mode", SEAL: "seal", SHARES: "count", THRESHOLD: "count", JOURNAL: "file", RECORD: "name" };
  const addresses = { VAULT_ADDR: "address", KUBERNETES_URL: "address", NAMESPACE: "name" };
  const others = { KEYS_SECRET: "name", BOOTSTRAP_SECRET: "name", WAIT_SECONDS: "seconds", KEYS_SECONDS: "seconds" };
  for (const [name, form] of Object.entries({ ...forms, ...addresses, ...others })) checked(name, form);
  listenToSignals();
  const held = readJournal();
  if (held) return finish(held);
  try {
    const next = await waiting(decide);
    await next();
  } catch (error) {
    const sentences = error instanceof KeysMissing ? error.refusal : error.message;
    if (!(error instanceof KeysMissing || error instanceof Refusal)) throw error;
    await recordTrouble(sentences);
    throw new Error(sentences, { cause: error });
  }
}

/** What is to be done now. Vault is asked first: whatever has happened to it, the record and the keys have known before. */
async function decide() {
  const isNew = !(await isInitialised());
  const record = await readRecord();
  const hasKeys = await isThere(checked("KEYS_SECRET", "name"));
  if (isNew) return initialise(record, hasKeys);
  if (hasKeys) return () => goOn(record);
  if (record.phase === "started") throw keysMissing(await whereKeysMayBe(record));
  const isOpenedByHand = checked("MODE", "mode") === "manual";
  if (record.phase === "stored") {
    if (opensByKeys() && !isOpenedByHand) throw new Refusal(keysGone());
    return () => settle("Vault is initialised, and its keys have been taken away", record);
  }
  if (!isOpenedByHand) throw new Refusal(initialisedElsewhere());
  return () => settle("Vault was initialised by somebody else, who keeps its keys", record);
}

function keysMissing(refusal) {
  missingSince ||= Date.now();
  const waited = Date.now() - missingSince >= Number(checked("KEYS_SECONDS", "seconds")) * 1000;
  return waited ? new Refusal(refusal) : new KeysMissing(refusal);
}

/** Nobody can open a Vault whose keys were lost, unless it opens itself. */
async function whereKeysMayBe(record) {
  return opensByKeys() && !(await isSealed()) ? keysElsewhere() : keysLost(record);
}

/** Vault says its keys once: whatever can be found out before is found out before. */
async function initialise(record, hasKeys) {
  if (hasKeys || record.phase === "stored") await refuseUnlessOvertaken(emptyBesideKeys({ hasKeys }));
  if (await isThere(checked("BOOTSTRAP_SECRET", "name"))) await refuseUnlessOvertaken(tokenOfEarlier());
  reserveJournal();
  await recordStart(record);
  const held = await askForKeys();
  return () => finish(held);
}

/** Another run may have done its whole work between two questions of this one. */
async function refuseUnlessOvertaken(sentences) {
  if (await isInitialised()) throw new TryAgain("another run has just initialised Vault");
  throw new Refusal(sentences);
}

async function askForKeys() {
  const [shares, threshold] = [Number(checked("SHARES", "count")), Number(checked("THRESHOLD", "count"))];
  const json = opensByKeys()
    ? { secret_shares: shares, secret_threshold: threshold }
    : { recovery_shares: shares, recovery_threshold: threshold };
  refuseToEnd();
  try {
    const answer = await askVault("POST", "sys/init", { json, seconds: longestInit });
    const keys = opensByKeys() ? answer.body?.keys : answer.body?.recovery_keys;
    if (answer.status === 200 && Array.isArray(keys)) return written({ keys, token: answer.body.root_token });
    // It is also what Vault answers to the slower one of two runs.
    if (await isInitialised()) throw new TryAgain("Vault is initialised, and did not give this run its keys");
    throw vaultTrouble(answer, "the request to initialise it");
  } catch (error) {
    mayEnd();
    throw error;
  }
}

/** Without the disk the keys are only in this process, which is no reason to stop. */
function written(held) {
  conceal([held.token, ...held.keys]);
  try {
    keepJournal(held);
  } catch (error) {
    say(`the keys could not be written to the disk (${error.code}); they are in the memory of this process alone`);
  }
  return held;
}

async function finish(held) {
  await storeAll(held);
  await waiting(recordStored);
  if (opensByKeys()) await waiting(() => open(held.keys));
  await waiting(expectActive);
  say("Vault is initialised and open");
  if (checked("MODE", "mode") === "manual") say(takeAway());
}

/** The same keys again do no harm, so neither does a Vault that has started anew, nor somebody else who opens it too. */
async function open(keys) {
  for (const key of keys.slice(0, Number(checked("THRESHOLD", "count")))) {
    const answer = await askVault("POST", "sys/unseal", { json: { key } });
    if (answer.body?.sealed === false) return;
    if (answer.status !== 200) throw new TryAgain(vaultTrouble(answer, "one of its keys").message);
  }
  throw new TryAgain("Vault is still sealed after as many keys as it needs");
}

async function goOn(record) {
  if (record.phase !== "stored") await waiting(recordStored);
  if (record.phase === "started" && !(await isThere(checked("BOOTSTRAP_SECRET", "name"))))
    say("the bootstrap token was not stored; make one with the keys: vault operator generate-root (docs/vault.md)");
  await settle("Vault is initialised, and its keys are stored", record);
}

async function settle(sentence, { trouble }) {
  say(sentence);
  if (trouble !== undefined) await waiting(recordNoTrouble);
  if (!opensByKeys() || !(await waiting(isSealed))) await waiting(expectActive);
  // A wait would have no end: the unsealer is made after this program, and a person may come any time.
  else say(checked("MODE", "mode") === "manual" ? openIt() : "Vault is sealed, and vault-unsealer opens it");
}

function opensByKeys() {
  return checked("SEAL", "seal") === "shamir";
}

/** Repeats a step, and says what it waits for as often as that changes. */
function waiting(step) {
  const said = new Set();
  const attempt = () =>
    Promise.resolve(step()).catch((error) => {
      if (error instanceof TryAgain && !said.has(error.message)) say(error.message);
      said.add(error.message);
      throw error;
    });
  return patiently(attempt, { forSeconds: Number(checked("WAIT_SECONDS", "seconds")) });
}

await run(() => discreetly(main));
