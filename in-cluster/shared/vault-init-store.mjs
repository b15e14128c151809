// Part of vault-init: while this process alone has the keys, it does not end.
import { apiServerTrouble, create, isDone, isTaken, neverLeft } from "./api-server.mjs";
import { checked, conceal, say } from "./discreet.mjs";
import { patiently, TryAgain } from "./service.mjs";
import { notOurs } from "./vault-init-advice.mjs";
import { noteSent, removeJournal, wasSent } from "./vault-init-journal.mjs";

/** Time between two sentences about keys that cannot be stored, in milliseconds. */
const betweenWarnings = 10_000;

const hold = { isOn: false, wasTold: false };

/** Node as the first process of a container would ignore a signal for ever, and otherwise obey it at once. */
export function listenToSignals() {
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => {
      if (!hold.isOn) process.exit(143);
      hold.wasTold = true;
      say(`${signal} COMES TOO EARLY: this pod holds Vault's only keys and goes on until they are stored`);
    });
}

export function refuseToEnd() {
  hold.isOn = true;
}

export function mayEnd() {
  hold.isOn = false;
  if (hold.wasTold) process.exit(143);
}

/** Stores the bootstrap token and the keys, however long it takes. Each is tried for itself, so that neither waits for the other. */
export async function storeAll({ token, keys }) {
  conceal([token, ...keys]);
  refuseToEnd();
  const left = new Map([
    [checked("BOOTSTRAP_SECRET", "name"), { token }],
    [checked("KEYS_SECRET", "name"), Object.fromEntries(keys.map((key, index) => [`key-${index + 1}`, key]))],
  ]);
  const warn = warnings();
  await patiently(() => storeEach(left, warn), { forSeconds: Infinity });
  removeJournal();
  say("the bootstrap token and the keys are stored in the cluster");
  mayEnd();
}

async function storeEach(left, warn) {
  const troubles = new Set();
  for (const [name, stringData] of left) {
    try {
      await store(name, stringData);
      left.delete(name);
    } catch (error) {
      troubles.add(error.message);
    }
  }
  if (left.size === 0) return;
  warn([...troubles].join("; "));
  throw new TryAgain("not stored yet");
}

/** This account may not look at a Secret, so what is there already is ours only if a request of ours got no answer. */
async function store(name, stringData) {
  const wasAsked = wasSent(name);
  noteSent(name, true);
  const answer = await create("secret", secret(name, stringData)).catch((error) => {
    if (!wasAsked && neverLeft(error)) noteSent(name, false);
    throw error;
  });
  if (isDone(answer) || (isTaken(answer) && wasAsked)) return;
  if (answer.status < 500 && !wasAsked) noteSent(name, false);
  throw isTaken(answer) ? new Error(notOurs(name)) : apiServerTrouble(answer, `storing the Secret ${name}`);
}

/** Whether a Secret of that name is there; otherwise it is sure that this account could make it now. */
export async function isThere(name) {
  const ofUsualSize = Object.fromEntries([...Array(20).keys()].map((index) => [`key-${index + 1}`, "0".repeat(66)]));
  const answer = await create("secret", secret(name, ofUsualSize), { dryRun: true });
  if (isTaken(answer)) return true;
  if (isDone(answer)) return false;
  throw apiServerTrouble(answer, `whether it would store the Secret ${name}`);
}

function secret(name, stringData) {
  return { metadata: { name }, type: "Opaque", stringData };
}

/** Says a new trouble at once, and an old one every now and then. */
function warnings() {
  const last = { reason: "", time: 0 };
  return (reason) => {
    if (reason === last.reason && Date.now() < last.time + betweenWarnings) return;
    Object.assign(last, { reason, time: Date.now() });
    say(`DO NOT DELETE THIS POD: it holds Vault's only keys, which cannot be stored yet: ${reason}; it goes on trying`);
  };
}
