// Part of vault-init: the ConfigMap that says how far the initialisation has come. Nothing in it is secret.
import { hostname } from "node:os";
import { apiServerTrouble, askApiServer, create, isDone, isTaken } from "./api-server.mjs";
import { checked, discreet, say } from "./discreet.mjs";
import { printable, TryAgain } from "./service.mjs";

/**
 * `phase` is `started` or `stored`; without it nobody has ever begun. `trouble` is why the last run refused to go on, and
 * `version` changes with each change of the ConfigMap.
 */
export async function readRecord() {
  const answer = await askApiServer("GET", `configmaps/${checked("RECORD", "name")}`);
  if (answer.status === 404) return {};
  if (!isDone(answer)) throw apiServerTrouble(answer, "how far the initialisation has come");
  const { metadata, data = {} } = answer.body ?? {};
  const [by, since] = [data.by, data.since].map((text) => (text === undefined ? undefined : printable(text)));
  return { phase: data.phase, by, since, trouble: data.trouble, version: metadata?.resourceVersion };
}

/** Says that Vault may be initialised from now on, unless another run has written something since the record was read. */
export async function recordStart({ version }) {
  const data = { phase: "started", by: hostname(), since: new Date().toISOString(), trouble: null };
  if (version !== undefined) return patchRecord(data, version);
  if (!(await createRecord({ ...data, trouble: undefined }))) throw new TryAgain("another run has just begun");
}

export async function recordStored() {
  if (!(await createRecord({ phase: "stored" }))) await patchRecord({ phase: "stored", trouble: null });
}

/** So that a person finds it after the pod has gone. The refusal itself does not depend on it. */
export async function recordTrouble(sentences) {
  const data = { trouble: discreet(sentences) };
  try {
    if (!(await createRecord(data))) await patchRecord(data);
  } catch (error) {
    say(error.message);
  }
}

/** What was wrong is no longer so. */
export function recordNoTrouble() {
  return patchRecord({ trouble: null });
}

/** False when there is one already. */
async function createRecord(data) {
  const name = checked("RECORD", "name");
  const answer = await create("configmap", { metadata: { name }, data });
  if (isTaken(answer)) return false;
  if (!isDone(answer)) throw apiServerTrouble(answer, `making the ConfigMap ${name}`);
  return true;
}

async function patchRecord(data, resourceVersion) {
  const name = checked("RECORD", "name");
  const answer = await askApiServer("PATCH", `configmaps/${name}?fieldManager=idp-vault`, {
    json: { metadata: { resourceVersion }, data },
    headers: { "content-type": "application/merge-patch+json" },
  });
  if (answer.status === 404) throw new TryAgain(`the ConfigMap ${name} has just been deleted`);
  if (!isDone(answer)) throw apiServerTrouble(answer, `changing the ConfigMap ${name}`);
}
