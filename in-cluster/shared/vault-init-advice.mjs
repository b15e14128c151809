// Part of vault-init: what a person reads where it may not or cannot go on, with the commands that lead out.
import { checked } from "./discreet.mjs";

const again = "Then run `pulumi up` of the platform stack again.";

/** Keys are in the cluster, or were, and Vault has no data. */
export function emptyBesideKeys({ hasKeys }) {
  const keys = checked("KEYS_SECRET", "name");
  const earlier = hasKeys
    ? `the Secret ${keys} holds the keys of an earlier one`
    : `the ConfigMap ${checked("RECORD", "name")} says that one was initialised before`;
  return lines(
    `Vault is empty, but ${earlier}. Nothing was changed.`,
    "If its volume can be brought back, do that, and delete the pod vault-0. If not, put away what is left of the earlier one:",
    ...(hasKeys ? putAway(keys) : []),
    ...commands(...traces()),
    again,
    'Into the new Vault you can restore a snapshot: docs/vault-restore.md, "A new Vault, or a new cluster". It needs the earlier keys.',
  );
}

export function tokenOfEarlier() {
  const token = checked("BOOTSTRAP_SECRET", "name");
  return lines(
    `Vault is empty, but the Secret ${token} holds the bootstrap token of an earlier one. Nothing was changed. Delete it:`,
    ...commands(`delete secret ${token}`),
    again,
  );
}

/**
 * The only loss that cannot be prevented from outside of Vault: a kill right after it has made the keys. What is known here
 * does not prove it, since a person may have taken the keys away; so what Vault holds is never given up without a condition.
 */
export function keysLost({ by = "another pod", since = "an unknown time" }) {
  const opensItself = checked("SEAL", "seal") !== "shamir";
  return lines(
    `VAULT WAS INITIALISED AND ITS ${opensItself ? "RECOVERY " : ""}KEYS ARE LOST: ${by} began it at ${since} and ended before it could store them.`,
    "First make sure that no other pod of vault-init runs: it may hold the keys, and says so in its log.",
    ...commands("get pods"),
    "If none does, and you have the keys, hand them over:",
    ...handOver(),
    ...(opensItself ? keepIt() : []),
    "Only if nobody has the keys and `pulumi up` of the vault stack has never ended: nobody has had the token then, so that this Vault holds nothing. Make it empty:",
    ...commands("delete pvc data-vault-0 --wait=false", "delete pod vault-0", ...traces()),
    again,
  );
}

/** A Vault that opens itself goes on without its recovery keys. */
function keepIt() {
  return [
    "If nobody has them, and `pulumi up` of the vault stack has ended before: Vault itself is whole, and only its recovery keys are lost. Say so, and keep it:",
    ...commands(`patch configmap ${checked("RECORD", "name")} --type=merge -p '{"data":{"phase":"stored"}}'`),
  ];
}

/** Somebody has the keys: they have just opened it. */
export function keysElsewhere() {
  return lines(
    "Vault is open, but its keys are not in the cluster, and nothing says that they were stored. Whoever opened it has them. Hand them over:",
    ...handOver(),
    again,
  );
}

export function keysGone() {
  const keys = checked("KEYS_SECRET", "name");
  return lines(
    `THE KEYS OF VAULT ARE GONE FROM THE CLUSTER: the Secret ${keys} was there once. Vault stays closed after its next restart.`,
    "Put them back from your copy, or from the keys themselves:",
    ...commands(`replace --force -f ~/${keys}.yaml`),
    ...handOver(),
    "If there is no copy and Vault is open: do not restart it, and copy out what it holds.",
    "If a person is to keep the keys, set idp:vault.unseal.mode to manual.",
  );
}

export function initialisedElsewhere() {
  const record = checked("RECORD", "name");
  const toKeep =
    checked("SEAL", "seal") === "shamir"
      ? ["If a person is to keep the keys, set idp:vault.unseal.mode to manual instead."]
      : [
          "Or, if a person keeps them, say so:",
          // This text stands in it.
          ...commands(
            `delete configmap ${record} --ignore-not-found`,
            `create configmap ${record} --from-literal=phase=stored`,
          ),
        ];
  return lines(
    "Vault was initialised by somebody else: the cluster holds neither its keys nor a record of it. Nothing was changed.",
    "Hand over its keys, and for the vault stack's first run a token that may do everything:",
    ...handOver(),
    ...commands(`create secret generic ${checked("BOOTSTRAP_SECRET", "name")} --from-file=token`),
    ...toKeep,
    again,
  );
}

/** A Secret of that name was made between the question whether it is there and the keys. */
export function notOurs(name) {
  return `the Secret ${name} is there and is not of this Vault; put it away: ${putAway(name, `other-${name}`)
    .map((command) => command.trim())
    .join("; ")}`;
}

/** What a person does about a Vault that nobody opens for them. */
export function openIt() {
  return lines(
    "Vault is sealed. Open it with each key that it asks for:",
    ...commands(`exec -it vault-0 -- ${openCommand}`),
  );
}

export function takeAway() {
  const keys = checked("KEYS_SECRET", "name");
  return lines(
    `The keys are in the Secret ${keys}. Take them away, to a place that is not this cluster:`,
    ...putAway(keys),
  );
}

const openCommand = "vault operator unseal # OpenBao: bao operator unseal";

/** As many keys as are needed at a time, each in a file of its own, so that none is in the history of a shell. */
function handOver() {
  const length = Number(checked("THRESHOLD", "count"));
  const files = Array.from({ length }, (_, index) => `--from-file=key-${index + 1}`);
  return commands(`create secret generic ${checked("KEYS_SECRET", "name")} ${files.join(" ")}`);
}

/** A copy at home that only its owner reads, and not where it could be committed; then the Secret goes. */
function putAway(secret, file = secret) {
  const [copy, remove] = commands(`get secret ${secret} -o yaml > ~/${file}.yaml`, `delete secret ${secret}`);
  return [`  (umask 077; ${copy.trim()})`, remove];
}

/** Takes away what would tell the next run of an earlier Vault. */
function traces() {
  return [
    `delete secret ${checked("BOOTSTRAP_SECRET", "name")} --ignore-not-found`,
    `delete configmap ${checked("RECORD", "name")} --ignore-not-found`,
  ];
}

function commands(...all) {
  return all.map((command) => `  kubectl -n ${checked("NAMESPACE", "name")} ${command}`);
}

function lines(...all) {
  return all.join("\n");
}
