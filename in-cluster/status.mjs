// Shows on GitHub how the build of a commit stands, and tells it to a chat. No build and no release waits for it or fails
// with it: whatever goes wrong is a sentence, and the program ends with 0.
//
//   API, REPOSITORY, COMMIT     GitHub's API, and where the commit is, such as `myorg/my-api`
//   TOKENS                      folder with one file for each owner, by its name in lower case; it holds the owner's token
//   STATE, CONTEXT              GitHub's words: `pending`, `success`, `failure` or `error`, and whose state it is
//   DESCRIPTION, TARGET_URL     one sentence, and where a person reads more
//   CHAT_FILE                   file with the address of a webhook that takes Slack's form; none: no chat is told
//   CHAT_ON                     states that the chat is told of, with blanks between them
//   PAUSE                       seconds before a second try; later ones wait longer
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const longestAnswer = 10_000;
const longestPause = 30_000;
const tries = 4;

/** GitHub takes no longer description. Source: docs.github.com, "REST API endpoints for commit statuses". */
const longestDescription = 140;

/** What is asked for cannot be done, as a sentence for a person. */
class Refused extends Error {}

const forms = {
  API: /^https?:\/\/[^\s?#]+[^\s?#/]$/,
  REPOSITORY: /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  COMMIT: /^[0-9a-f]{40}$/,
  STATE: /^(pending|success|failure|error)$/,
  CONTEXT: /^[a-z0-9-]+\/[a-z0-9-]+$/,
  TARGET_URL: /^https:\/\/[A-Za-z0-9.:/_-]+$/,
};

/** A variable whose form is known: its value becomes part of an address. */
function checked(name) {
  const value = process.env[name] ?? "";
  if (!forms[name].test(value)) throw new Refused(`${name} does not have its form`);
  return value;
}

function description() {
  const text = (process.env.DESCRIPTION ?? "").replaceAll(/\s+/g, " ").trim();
  const letters = Array.from(text);
  return letters.length <= longestDescription ? text : `${letters.slice(0, longestDescription - 1).join("")}…`;
}

/** What a mounted Secret holds under a name; nothing when it is not there. */
function secretIn(file) {
  return file && existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}

async function tellGitHub() {
  const [repository, commit, state] = ["REPOSITORY", "COMMIT", "STATE"].map(checked);
  const [owner = ""] = repository.split("/");
  const token = secretIn(join(process.env.TOKENS ?? "", owner.toLowerCase()));
  if (token === "") return `GitHub shows no state: idp:githubStatusTokens has none for ${owner}`;
  const answer = await post(`${checked("API")}/repos/${repository}/statuses/${commit}`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    },
    body: { state, context: checked("CONTEXT"), description: description(), target_url: checked("TARGET_URL") },
  });
  if (answer.ok) return `GitHub shows ${state} on ${commit.slice(0, 7)} of ${repository}`;
  throw new Refused(`GitHub answers ${answer.status}: ${advice(answer.status, repository)}`);
}

function advice(status, repository) {
  if (status === 401) return "the token is not valid, or has expired";
  if (status === 403) return "the token may not write commit statuses, or too much was asked of GitHub";
  if (status === 404) return `the token does not reach ${repository}, or there is no such repository`;
  if (status === 422) return `${repository} has no such commit, or it has too many statuses`;
  if (status >= 300 && status < 400) return `${repository} has another name now; change the project's file`;
  return "it takes no status now";
}

/** Slack's form; Mattermost takes it too, and Discord at the webhook's address with `/slack` behind it. */
async function tellChat() {
  const [state, commit] = ["STATE", "COMMIT"].map(checked);
  const address = secretIn(process.env.CHAT_FILE);
  if (address === "" || !(process.env.CHAT_ON ?? "").split(" ").includes(state)) return "";
  const words = [`${checked("CONTEXT")} ${commit.slice(0, 7)}: ${state}`, description()].filter((text) => text !== "");
  const text = `${words.join(", ")} ${checked("TARGET_URL")}`;
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const answer = await post(address, { headers: {}, body: { text: escaped } });
  if (!answer.ok) throw new Refused(`the chat answers ${answer.status}`);
  return "the chat is told";
}

/** Posts JSON until there is an answer that another try would not change. */
async function post(address, { headers, body }) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(address, headers, body);
    const again = waitBefore(answer, attempt);
    if (again === undefined) return answer;
    await pause(again);
  }
}

/** A redirect is not followed: the token would go along. No answer counts as one of a server in trouble. */
async function ask(address, headers, body) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "user-agent": "idp" },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(longestAnswer),
    });
    await answer.arrayBuffer();
    return answer;
  } catch {
    // Its message would hold the address, which is the secret of a chat.
    return new Response(null, { status: 599 });
  }
}

/** Milliseconds until the next try; undefined when there is none. */
function waitBefore(answer, attempt) {
  const after = answer.headers.get("retry-after");
  const limited = answer.status === 429 || (answer.status === 403 && isLimited(answer, after));
  if (attempt >= tries || (answer.status < 500 && !limited)) return undefined;
  const unit = Number(process.env.PAUSE ?? "2") * 1000;
  const told = after === null ? NaN : Number(after) * 1000;
  const wait = Number.isFinite(told) ? told : limited ? untilReset(answer) : unit * 2 ** (attempt - 1);
  return wait > longestPause ? undefined : Math.max(wait, 0);
}

function isLimited(answer, after) {
  return after !== null || answer.headers.get("x-ratelimit-remaining") === "0";
}

/** GitHub says when it answers again, in seconds since 1970. */
function untilReset(answer) {
  const reset = Number(answer.headers.get("x-ratelimit-reset") ?? "NaN") * 1000 - Date.now();
  return Number.isFinite(reset) ? reset : longestPause;
}

async function tell(act, failed) {
  try {
    const sentence = await act();
    if (sentence !== "") console.log(sentence);
  } catch (error) {
    const reason = error instanceof Refused ? error.message : "something unexpected happened";
    console.error(`${failed}: ${reason}`);
  }
}

await tell(tellGitHub, "GitHub shows no new state");
await tell(tellChat, "the chat is not told");
