// Brings one project of Harbor into the state that DESIRED_STATE describes (plan/projects/registry-state.ts), by version 2.0
// of Harbor's API. Each step reads, compares and writes what differs, so every run ends the same. Nothing is deleted.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Harbor cannot answer now, or somebody else was quicker: the step starts anew. */
class TryAgain extends Error {}

const longestPause = 5_000;
const longestAnswer = 30_000;
const secrets = [];

/** Made if it is missing, and closed to the public. */
async function settleProject(desired, found) {
  const metadata = { public: "false" };
  if (!found) {
    await call("POST", "/projects", { project_name: desired.project, metadata });
    return "created";
  }
  if (found.registry_id) throw new Error(`${desired.project} is a proxy cache in Harbor; remove it there`);
  if (found.metadata?.public === metadata.public) return "unchanged";
  await call("PUT", `/projects/${found.project_id}`, { metadata });
  return "changed";
}

/** Harbor makes a quota with each project. */
async function settleQuota(desired, project) {
  const [found] = await call("GET", `/quotas?reference=project&reference_id=${project.project_id}`);
  if (!found) throw new Error(`Harbor keeps no quota of ${desired.project}; switch quotas on in its configuration`);
  if (found.hard.storage === desired.storage) return "unchanged";
  await call("PUT", `/quotas/${found.id}`, { hard: { storage: desired.storage } });
  return "changed";
}

/** Harbor makes up the password of a new robot account and never shows one: it is set unless it is accepted already. */
async function settleRobot({ project: name, robot: wanted, robotUser: user }, project) {
  const query = encodeURIComponent(`Level=project,ProjectID=${project.project_id}`);
  const robots = await call("GET", `/robots?page_size=100&q=${query}`);
  // What comes before the project's name is up to Harbor's configuration.
  const found = robots.find((robot) => robot.name.endsWith(`${name}+${wanted.name}`));
  const robot = found ?? (await call("POST", "/robots", wanted));
  if (robot.name !== user)
    throw new Error(`Harbor calls the robot account ${robot.name}, not ${user}; set its robot name prefix back`);
  const fits = !found || same(robotFacts(found), robotFacts(wanted));
  if (!fits) await call("PUT", `/robots/${robot.id}`, { ...wanted, name: user, disable: false });
  const password = secret("ROBOT_PASSWORD_FILE");
  const accepted = found && (await letsIn(user, password));
  if (!accepted) await call("PATCH", `/robots/${robot.id}`, { secret: password });
  if (!found) return "created";
  return fits && accepted ? "unchanged" : "changed";
}

/** Rules that somebody added stay: without them, images would go that were to be kept. */
async function settleRetention(desired, { project_id: id, metadata }) {
  const policy = { ...desired.retention, scope: { level: "project", ref: id } };
  if (!metadata?.retention_id) {
    await call("POST", "/retentions", policy);
    return "created";
  }
  const path = `/retentions/${metadata.retention_id}`;
  const found = await call("GET", path);
  const present = found.rules ?? [];
  const rules = [...policy.rules, ...present.filter((rule) => !isOurs(rule, policy.rules))];
  const facts = ({ trigger }, list) => [trigger.kind, trigger.settings?.cron, list.map(ruleFacts)];
  if (same(facts(found, present), facts(policy, rules))) return "unchanged";
  await call("PUT", path, { ...policy, id: found.id, rules });
  return "changed";
}

/** One schedule for all of Harbor: whoever has set one keeps it. */
async function settleGarbageCollection(desired) {
  if (await call("GET", "/system/gc/schedule")) return "unchanged";
  await call("POST", "/system/gc/schedule", desired.garbageCollection);
  return "created";
}

/** What of a robot account is compared. Harbor returns rights in any order. */
function robotFacts({ duration, disable, permissions }) {
  const rights = permissions.flatMap(({ kind, namespace, access }) =>
    access.map(({ resource, action, effect }) => [kind, namespace, resource, action, effect].join(" ")),
  );
  return [duration, disable ?? false, rights.sort()];
}

/** What of a retention rule is compared. Harbor leaves out what is empty. */
function ruleFacts({ template, params, disabled, tag_selectors: tags, scope_selectors: scope }) {
  const facts = ({ kind, decoration, pattern, extras }) => [kind, decoration, pattern, extras ?? ""];
  return { kind: [template, tags.map(facts), scope.repository.map(facts)], value: [params ?? {}, disabled ?? false] };
}

/** A rule that an earlier run wrote, also with another number or for other commits. */
function isOurs(rule, ours) {
  if (ours.some((known) => same(ruleFacts(known).kind, ruleFacts(rule).kind))) return true;
  const areCommits = ({ pattern }) => /^\{?[0-9a-f]{40}(,[0-9a-f]{40})*\}?$/.test(pattern);
  return rule.template === "always" && rule.tag_selectors.every(areCommits);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The project as Harbor has it; undefined when there is none of that name. */
async function projectNow(name) {
  const path = `/api/v2.0/projects/${encodeURIComponent(name)}`;
  const answer = await ask("GET", path, { headers: { "x-is-resource-name": "true" } });
  return answer.status === 404 ? undefined : content(answer);
}

async function call(method, path, body) {
  const json = body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {};
  return content(await ask(method, `/api/v2.0${path}`, json));
}

/** Whether the registry accepts a user with a password. */
async function letsIn(user, password) {
  const answer = await ask("GET", "/v2/", { user, password });
  if (answer.status !== 401) content(answer);
  return answer.status !== 401;
}

async function ask(method, path, { user = "admin", password = secret("ADMIN_PASSWORD_FILE"), headers, body }) {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const options = { method, body, redirect: "manual", headers: { ...headers, authorization } };
  const address = new URL(path, given("HARBOR_URL"));
  try {
    const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(longestAnswer) });
    return { asked: `${method} ${path}`, status: answer.status, text: await answer.text() };
  } catch (error) {
    throw new TryAgain(`Harbor cannot be reached at ${address.origin}: ${error.cause?.message ?? error.message}`);
  }
}

/** What Harbor answered; undefined for nothing. */
function content({ asked, status, text }) {
  if (status >= 200 && status < 300) return text === "" ? undefined : parsed(text, asked);
  if (status === 401)
    throw new Error(`Harbor refuses admin; set its password there as ${given("ADMIN_SECRET")} has it`);
  const message = messageOf(text);
  const sentence = `Harbor answers ${status} to ${asked}${message && `: ${message}`}`;
  // Of two runs at a time, the slower one finds with its next look what the other has made.
  const isTaken = status === 409 || message.includes("already has");
  throw status >= 500 || status === 429 || isTaken ? new TryAgain(sentence) : new Error(sentence);
}

function messageOf(text) {
  try {
    return JSON.parse(text).errors[0].message;
  } catch {
    return "";
  }
}

function parsed(text, asked) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`it is not Harbor that answers ${asked} at ${given("HARBOR_URL")}`);
  }
}

async function untilDone(step) {
  for (let wait = 100; ; wait = Math.min(wait * 2, longestPause)) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof TryAgain) || performance.now() + wait > Number(given("WAIT_SECONDS")) * 1000) throw error;
      await pause(wait);
    }
  }
}

function given(name) {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

function secret(variable) {
  const value = readFileSync(given(variable), "utf8").trim();
  if (value === "") throw new Error(`the file that ${variable} names is empty`);
  secrets.push(value);
  return value;
}

try {
  const desired = JSON.parse(given("DESIRED_STATE"));
  const steps = {
    project: settleProject,
    quota: settleQuota,
    "robot account": settleRobot,
    retention: settleRetention,
  };
  for (const [name, step] of Object.entries({ ...steps, "garbage collection": settleGarbageCollection })) {
    console.log(`${name}: ${await untilDone(async () => step(desired, await projectNow(desired.project)))}`);
  }
} catch (error) {
  const sentence = String(error.message).replace(/\s+/g, " ");
  console.error(secrets.reduce((text, value) => text.replaceAll(value, "***"), sentence));
  process.exitCode = 1;
}
