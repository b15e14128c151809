// Looks whether the newest commit of each application has an image in the registry, and sends a push to the event source for
// each that has none, as GitHub would: signed, so that it passes the same rules as every push. sweep-heads.sh has written
// which commits would do. What is not known is not built: without the registry's word nothing is sent. Exit codes: 0 done;
// 75 (EX_TEMPFAIL) registry or event source is away, the next run tries again; 1 something is wrong with an application.
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

/** What passes, and what the rest of the run would meet too. */
class Away extends Error {}

const longestAnswer = 30_000;
const secrets = [];

/** All tags of a repository; none when the registry says that there is no such repository. */
async function tagsOf(image) {
  const tags = new Set();
  let path = `/v2/${image}/tags/list?n=1000`;
  while (path !== undefined) {
    const answer = await askRegistry(path);
    if (answer.status === 404 && saysUnknown(answer.text)) break;
    for (const tag of tagsIn(answer, image)) tags.add(tag);
    path = nextPage(answer.headers);
  }
  return tags;
}

/** The registry's own 404, and not that of something before it. Source: OCI distribution spec; Harbor lib/errors/const.go */
function saysUnknown(text) {
  const errors = parsed(text)?.errors;
  return Array.isArray(errors) && errors.every(({ code }) => ["NAME_UNKNOWN", "NOT_FOUND"].includes(code));
}

function tagsIn({ status, text }, image) {
  if (status === 401 || status === 403)
    throw new Error(`the registry lets nobody read ${image}; run \`pulumi up\` of the projects stack`);
  if (status >= 500 || status === 429) throw new Away(`the registry answers ${status}; look at Harbor's pods`);
  const tags = status === 200 ? parsed(text)?.tags : undefined;
  if (tags === null) return [];
  if (Array.isArray(tags) && tags.every((tag) => typeof tag === "string")) return tags;
  throw new Away(
    `it is not a registry that answers ${status} at ${given("REGISTRY_URL")}; look at its host name and route`,
  );
}

/** Source: OCI distribution spec, "Listing Tags" */
function nextPage(headers) {
  const [, reference] = /^<([^>]*)>;\s*rel="?next"?/.exec(headers.get("link") ?? "") ?? [];
  if (reference === undefined) return undefined;
  const { pathname, search } = new URL(reference, given("REGISTRY_URL"));
  return pathname + search;
}

/** Source: https://distribution.github.io/distribution/spec/auth/token/ */
async function askRegistry(path) {
  const address = new URL(path, given("REGISTRY_URL"));
  const answer = await ask("the registry", address);
  if (answer.status !== 401) return answer;
  const challenge = answer.headers.get("www-authenticate") ?? "";
  const authorization = /^bearer /i.test(challenge) ? await bearer(challenge, address) : basic();
  return ask("the registry", address, { headers: { authorization } });
}

async function bearer(challenge, registry) {
  const parts = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const realm = URL.canParse(parts.realm) ? new URL(parts.realm) : undefined;
  // The password goes to nobody else.
  if (realm?.origin !== registry.origin)
    throw new Away(
      `the registry wants the password sent to ${realm?.origin ?? "no address"}; look at Harbor's external URL`,
    );
  for (const name of ["service", "scope"]) if (parts[name]) realm.searchParams.set(name, parts[name]);
  const { status, text } = await ask("the registry", realm, { headers: { authorization: basic() } });
  if (status === 401 || status === 403)
    throw new Away("the registry refuses the robot account; run `pulumi up` of the projects stack");
  return `Bearer ${tokenIn(status, text)}`;
}

function tokenIn(status, text) {
  const { token, access_token: other } = (status === 200 ? parsed(text) : undefined) ?? {};
  if (token ?? other) return token ?? other;
  throw new Away(`the registry answers ${status} and no token; look at Harbor's pods`);
}

function basic() {
  const { host } = new URL(given("REGISTRY_URL"));
  const { username, password } = parsed(secret(`${given("DOCKER_CONFIG")}/config.json`))?.auths?.[host] ?? {};
  if (!username || !password) throw new Error(`the Secret of the registry has no account for ${host}`);
  secrets.push(password);
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/**
 * A push as GitHub tells of one. Its time is that before the branches were looked at, so that a push that came since is the
 * newer one; its list of commits is empty and the push forced, so that no rule takes it for one that changed nothing; and
 * it is about one application, whatever else is built from the branch.
 */
function pushOf({ application, name, branch, head }, asked) {
  return JSON.stringify({
    ref: `refs/heads/${branch}`,
    ...{ before: "0".repeat(40), after: head, created: false, deleted: false, forced: true },
    repository: { full_name: name, pushed_at: asked },
    ...{ pusher: { name: "sweep" }, commits: [], head_commit: { id: head, added: [], removed: [], modified: [] } },
    sweep: { application },
  });
}

async function send(application, asked) {
  const body = pushOf(application, asked);
  const key = secret(`${given("WEBHOOK_SECRETS")}/${application.key}`);
  const headers = {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}`,
  };
  const address = new URL(application.endpoint, given("EVENT_SOURCE_URL"));
  const { status, text } = await ask("the event source", address, { method: "POST", headers, body });
  if (status === 200) return;
  if (status >= 500) throw new Away(`the event source answers ${status}; look at the event bus`);
  throw new Error(`the event source answers ${status} to ${address.pathname}: ${text.slice(0, 200)}`);
}

async function ask(whom, address, options = {}) {
  try {
    const limits = { redirect: "manual", signal: AbortSignal.timeout(longestAnswer) };
    const answer = await fetch(address, { ...options, ...limits });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  } catch (error) {
    throw new Away(`${whom} cannot be reached at ${address.origin}: ${error.cause?.message ?? error.message}`);
  }
}

/** One application: what became of it, or a problem thrown. */
async function sweep(application, asked) {
  const { name, branch, state, head } = application;
  if (state === "no-branch") return `${name} has no branch ${branch}`;
  if (state === "no-change") return `nothing on ${branch} touches its paths`;
  if (state !== "commits") throw new Error(`${name} could not be read; the log of the container \`heads\` says why`);
  const tags = await tagsOf(application.image);
  if (application.commits.some((commit) => tags.has(commit))) return `${head.slice(0, 7)} is built`;
  await send(application, asked);
  return `${head.slice(0, 7)} has no image: its push was sent again`;
}

/** What sweep-heads.sh was given, with what it found. */
function applications() {
  const heads = new Map(lines(`${given("WORK")}/heads`).map(([application, ...found]) => [application, found]));
  return lines(given("APPLICATIONS")).map(([application, key, , name, endpoint, image, branch]) => {
    const [state, head, commits = ""] = heads.get(application) ?? [];
    return { application, key, name, endpoint, image, branch, state, head, commits: commits.split(" ") };
  });
}

function lines(file) {
  const text = readFileSync(file, "utf8").split("\n");
  return text.filter((line) => line !== "").map((line) => line.split("\t"));
}

/** Undefined for what is no JSON; the engine's own words would quote it. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function given(name) {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

/** The event source takes off one end of a line too. Source: argo-events pkg/shared/util/volumes.go */
function secret(file) {
  const value = readFileSync(file, "utf8").replace(/\n$/, "");
  if (value === "") throw new Error(`${file} is empty`);
  secrets.push(value);
  return value;
}

function complain(where, error, code) {
  const sentence = `${where}${error.message}`.replace(/\s+/g, " ");
  console.error(secrets.reduce((text, value) => text.replaceAll(value, "***"), sentence));
  process.exitCode = code;
}

try {
  const asked = Number(readFileSync(`${given("WORK")}/asked`, "utf8"));
  for (const application of applications()) {
    try {
      console.log(`${application.application}: ${await sweep(application, asked)}`);
    } catch (error) {
      if (error instanceof Away) throw error;
      complain(`${application.application}: `, error, 1);
    }
  }
} catch (error) {
  complain("", error, error instanceof Away ? 75 : 1);
}
