// Tells the event source how a build stands, as one more call of the repository's webhook: with the same signature, so
// that a build needs no right in Kubernetes. Variables: ENDPOINT (address of the webhook), SECRET_FILE (key of the
// signature), APPLICATION, COMMIT, STATE, DIGEST, PUSHED, WORKFLOW (what is told), WAIT_SECONDS (how long it is tried;
// absent: 120). Exit code 1: the event source did not take it.
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** The event source cannot take it now: it is away for some seconds whenever a repository is added. */
class TryAgain extends Error {}

/** Exit code (EX_TEMPFAIL) of trouble that passes: the step starts anew. */
const temporary = 75;

const firstPause = 100;
const longestPause = 15_000;
const longestAnswer = 10_000;

function message() {
  const [application, commit, state, workflow] = ["APPLICATION", "COMMIT", "STATE", "WORKFLOW"].map(given);
  const [digest, pushed] = ["DIGEST", "PUSHED"].map((name) => process.env[name] ?? "");
  return JSON.stringify({ report: { application, commit, state, digest, pushed, workflow } });
}

/** The same headers in each try: one report, however often it is sent. */
function headersFor(body) {
  return {
    "Content-Type": "application/json",
    "X-GitHub-Event": "report",
    "X-GitHub-Delivery": randomUUID(),
    "X-Hub-Signature-256": `sha256=${createHmac("sha256", key()).update(body).digest("hex")}`,
  };
}

function key() {
  // Argo Events cuts the line feed off as well.
  const value = readFileSync(given("SECRET_FILE"), "utf8").replace(/\n$/, "");
  if (value === "") throw new Error("the file that SECRET_FILE names is empty; look at the Secret of the webhook");
  return value;
}

async function send(address, request) {
  const options = { ...request, method: "POST", redirect: "manual", signal: AbortSignal.timeout(longestAnswer) };
  let answer, text;
  try {
    answer = await fetch(address, options);
    text = await answer.text();
  } catch (error) {
    const reason = error.cause?.message || error.cause?.code || error.message;
    throw new TryAgain(`the event source cannot be reached at ${address.origin}: ${reason}; look at its pod`);
  }
  if (answer.ok) return;
  const sentence = `the event source answers ${answer.status} to the report`;
  if (answer.status >= 500 || answer.status === 429) throw new TryAgain(`${sentence}; look at its log`);
  // As it starts, it takes up its entries one after another.
  if (answer.status === 404 || text === "endpoint is inactive")
    throw new TryAgain(`${sentence}; check that it has an entry for ${address.pathname}`);
  throw new Error(`${sentence}; check that the Secret of the webhook is the one of its entry`);
}

async function untilTold(address, request) {
  const patience = Number(process.env.WAIT_SECONDS ?? 120) * 1000;
  for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
    try {
      return await send(address, request);
    } catch (error) {
      if (!(error instanceof TryAgain) || performance.now() + wait > patience) throw error;
      await pause(wait);
    }
  }
}

function given(name) {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set; set it in the template of builds`);
  return value;
}

function endpoint() {
  const text = given("ENDPOINT");
  if (!URL.canParse(text)) throw new Error(`"${text}" is no address; correct ENDPOINT in the template of builds`);
  return new URL(text);
}

try {
  const body = message();
  await untilTold(endpoint(), { body, headers: headersFor(body) });
} catch (error) {
  console.error(error.message.replace(/\s+/g, " "));
  process.exitCode = error instanceof TryAgain ? temporary : 1;
}
