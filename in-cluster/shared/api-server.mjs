// Part of programs that ask the API server for objects of their namespace, as the service account that they run as.
//   KUBERNETES_URL   its address; NODE_EXTRA_CA_CERTS names the file with its authority
//   NAMESPACE        where the objects are
//   TOKEN_FILE       token of the service account, which the kubelet replaces before it runs out
import { checked, discreet, tokenFrom } from "./discreet.mjs";
import { ask, printable, TryAgain } from "./service.mjs";

/** What the system says of a request that has not left. */
const unsent = [
  ...["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
  "UND_ERR_CONNECT_TIMEOUT",
];

export function askApiServer(method, path, { headers, ...options } = {}) {
  const authorization = `Bearer ${tokenFrom("TOKEN_FILE")}`;
  const address = `${checked("KUBERNETES_URL", "address")}/api/v1/namespaces/${checked("NAMESPACE", "name")}/${path}`;
  return ask("the API server", address, { ...options, method, headers: { ...headers, authorization } });
}

/** Makes an object; `dryRun` only asks whether it could. */
export function create(kind, content, { dryRun = false } = {}) {
  const path = `${kind}s?fieldManager=idp-vault${dryRun ? "&dryRun=All" : ""}`;
  const type = { secret: "Secret", configmap: "ConfigMap" }[kind];
  return askApiServer("POST", path, { json: { apiVersion: "v1", kind: type, ...content } });
}

export function isDone({ status }) {
  return status >= 200 && status < 300;
}

/** Whether the object was there already. Other conflicts, such as two requests for the same quota, pass. */
export function isTaken({ status, body }) {
  return status === 409 && body?.reason === "AlreadyExists";
}

/** Whether a request without an answer can have had no effect. */
export function neverLeft(error) {
  return unsent.includes(error.cause?.cause?.code);
}

/** An answer that is none of those that a program goes on with. */
export function apiServerTrouble({ status, body }, asked) {
  const message = printable(discreet(body?.message ?? ""));
  const advice = status === 403 ? "; `pulumi up` of the platform stack gives it the right" : "";
  const sentence = `the API server answers ${status} to ${asked}${message && `: ${message}`}${advice}`;
  const passes = [401, 408, 409, 429].includes(status) || status >= 500;
  return passes ? new TryAgain(sentence) : new Error(sentence);
}
