// Hands a release over to the workflow of the GitOps repository (.github/workflows/release.yaml), as GitHub's event
// `repository_dispatch`. What is handed over is data: the workflow gives it to release.sh by the environment.
//
//   GITHUB_API                       address of GitHub's API, without a slash at the end
//   GITOPS_OWNER, GITOPS_REPOSITORY  the GitOps repository
//   TOKEN_FILE                       token that may write the contents of that repository
//   PROJECT, APPLICATION, IMAGE, DIGEST, COMMIT, PUSHED, PINNED    as release.sh has them
//   RESULTS                          folder for `outcome` (dispatched, pinned) and `description`, a sentence
//   PAUSE                            seconds before a second try; later ones wait longer
//
// It ends with 0 when nothing is left to do, with 75 when it may be tried again later, and else with 1.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** GitHub cannot answer now. */
class TryAgain extends Error {}

const longestAnswer = 30_000;
const tries = 4;

/** The forms of model/names.ts and model/delivery-names.ts; a number of seconds as GitHub sends it. */
const forms = {
  PROJECT: /^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/,
  APPLICATION: /^(?=.{1,30}$)[a-z](-?[a-z0-9])*$/,
  IMAGE: /^[A-Za-z0-9][A-Za-z0-9.:/_-]*$/,
  DIGEST: /^sha256:[0-9a-f]{64}$/,
  COMMIT: /^(?!0{40}$)[0-9a-f]{40}$/,
  PUSHED: /^(0|[1-9][0-9]{0,11})$/,
  PINNED: /^([0-9a-f]{40})?$/,
};

async function main() {
  for (const [name, form] of Object.entries(forms))
    if (!form.test(given(name))) throw new Error(`${name} has not the form that it must have`);
  const name = `${given("PROJECT")}/${given("APPLICATION")}`;
  if (!given("IMAGE").endsWith(`/${name}`)) throw new Error("IMAGE is that of another application");
  const [pinned, commit] = [given("PINNED"), given("COMMIT")];
  if (pinned !== "" && pinned !== commit)
    return finish(
      "pinned",
      `built, and not released: the project's file holds the application at ${pinned.slice(0, 7)}`,
    );
  const repository = `${given("GITOPS_OWNER")}/${given("GITOPS_REPOSITORY")}`;
  await dispatch(repository, {
    event_type: "release",
    client_payload: Object.fromEntries(Object.keys(forms).map((key) => [key.toLowerCase(), given(key)])),
  });
  return finish("dispatched", `handed over to GitHub Actions of ${repository}`);
}

/** Source: docs.github.com, "Create a repository dispatch event", which takes ten fields at most. */
async function dispatch(repository, body) {
  const path = repository.split("/").map(encodeURIComponent).join("/");
  const { status, text } = await patiently(() => send(`${given("GITHUB_API")}/repos/${path}/dispatches`, body));
  if (status === 204) return;
  if (status === 401) throw new Error("GitHub refuses the token; set idp:githubDispatchToken anew");
  if (status === 403 || status === 404)
    throw new Error(
      `the token may not write the contents of ${repository}; ` +
        "give it Contents (read and write) on that repository, and set idp:githubDispatchToken anew",
    );
  throw new Error(`GitHub answers ${status}: ${printable(text)}`);
}

async function send(address, body) {
  const answer = await ask(address, {
    method: "POST",
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token()}`,
      "content-type": "application/json",
      "user-agent": "idp",
      "x-github-api-version": "2022-11-28",
    },
    body: JSON.stringify(body),
  });
  const limited = answer.status === 429 || (answer.status === 403 && /rate limit/i.test(answer.text));
  if (answer.status >= 500 || limited) throw new TryAgain(`GitHub answers ${answer.status}`);
  return answer;
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

/** The token goes to the address alone, and nowhere that it points to. */
async function ask(address, options) {
  try {
    const answer = await fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(longestAnswer) });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    throw new TryAgain(`GitHub cannot be reached: ${error.cause?.message ?? error.message}`);
  }
}

function token() {
  const text = readFileSync(given("TOKEN_FILE"), "utf8").trim();
  if (!/^[!-~]+$/.test(text)) throw new Error("there is no token; set idp:githubDispatchToken");
  return text;
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
  console.error(`release: ${error.message}`);
  process.exitCode = error instanceof TryAgain ? 75 : 1;
}
