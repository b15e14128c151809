// Starts the pods of one application anew, as `kubectl rollout restart` does: they then fetch what the moving tag of their
// image means now. It may change the Deployments of its list and nothing else, and cannot even look at them.
//
//   KUBERNETES_URL          address of the API server; NODE_EXTRA_CA_CERTS names the file with its authority
//   TOKEN_FILE              token of this pod's service account
//   PROJECT, APPLICATION    what is started anew, in the namespace of the project
//   COMMIT, PINNED          commit that was built, and the one that the application is held at, or nothing
//   RESULTS                 folder for `outcome` (restarted, released, pinned) and `description`, a sentence
//   PAUSE                   seconds before a second try; later ones wait longer
//
// It ends with 0 when nothing is left to do, with 75 when it may be tried again later, and else with 1.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** The API server cannot answer now. */
class TryAgain extends Error {}

const longestAnswer = 30_000;
const tries = 4;

/** The forms of model/names.ts. */
const forms = {
  PROJECT: /^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/,
  APPLICATION: /^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/,
  COMMIT: /^(?!0{40}$)[0-9a-f]{40}$/,
  PINNED: /^([0-9a-f]{40})?$/,
};

async function main() {
  for (const [name, form] of Object.entries(forms))
    if (!form.test(given(name))) throw new Error(`${name} has not the form that it must have`);
  const [pinned, commit] = [given("PINNED"), given("COMMIT")];
  if (pinned !== "")
    return finish("pinned", `built, and not started: the project's file holds it at ${pinned.slice(0, 7)}`);
  const status = await patiently(() => patch(commit));
  if (status === 404) return finish("released", "released; Argo CD makes its first pods");
  return finish("restarted", "the pods start anew, one at a time");
}

/** Where the annotation is that `kubectl rollout restart` sets. Argo CD leaves alone what it did not set itself. */
async function patch(commit) {
  const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString(), "idp/commit": commit };
  const path = `/apis/apps/v1/namespaces/${given("PROJECT")}/deployments/${given("APPLICATION")}`;
  const { status, text } = await ask(`${given("KUBERNETES_URL")}${path}?fieldManager=idp-releases`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${readFileSync(given("TOKEN_FILE"), "utf8").trim()}`,
      "content-type": "application/strategic-merge-patch+json",
    },
    body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
  });
  if (status === 200 || status === 404) return status;
  if (status === 401 || status === 403)
    throw new Error("the API server does not let it; `pulumi up` of the projects stack gives it the right");
  if (status === 409 || status === 429 || status >= 500) throw new TryAgain(`the API server answers ${status}`);
  throw new Error(`the API server answers ${status}: ${printable(text)}`);
}

async function patiently(step, left = tries, seconds = Number(process.env.PAUSE ?? 2)) {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof TryAgain) || left <= 1) throw error;
    await pause(seconds * 1000);
    return patiently(step, left - 1, seconds * 2);
  }
}

async function ask(address, options) {
  try {
    const answer = await fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(longestAnswer) });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    throw new TryAgain(`the API server cannot be reached: ${error.cause?.message ?? error.message}`);
  }
}

function given(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function printable(text) {
  return text.replaceAll(/[^ -~]+/g, " ").slice(0, 200);
}

function finish(outcome, description) {
  writeFileSync(join(given("RESULTS"), "outcome"), outcome);
  writeFileSync(join(given("RESULTS"), "description"), description);
  console.log(description);
}

try {
  await main();
} catch (error) {
  console.error(`restart: ${error.message}`);
  process.exitCode = error instanceof TryAgain ? 75 : 1;
}
