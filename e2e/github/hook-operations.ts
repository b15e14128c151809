import type { JsonObject } from "../../model/json";
import { isJsonObject } from "../../model/json";
import { notFound, validationFailed } from "./answer";
import type { HostedGitHub } from "./hosted-github";
import type { HostedHook, HostedRepository } from "./hosted-repository";
import { type ApiRequest, type Operations, textOf, timeOf, visibleRepository, writableRepository } from "./operation";
import { repositoryUrl } from "./repository-answer";

export const hookOperations: Operations = {
  "repos/list-webhooks": (request, github) => {
    const repository = visibleRepository(request, github);
    return { status: 200, body: [...repository.hooks.values()].map((hook) => hookAnswer(hook, repository, github)) };
  },
  "repos/create-webhook": (request, github) => {
    const repository = writableRepository(request, github);
    const hook = { id: github.nextId(), ...hookFields(request.body) };
    refuseDouble(repository, hook);
    repository.hooks.set(hook.id, hook);
    return { status: 201, body: hookAnswer(hook, repository, github) };
  },
  "repos/get-webhook": (request, github) => {
    const repository = visibleRepository(request, github);
    return { status: 200, body: hookAnswer(hookOf(request, repository), repository, github) };
  },
  "repos/update-webhook": (request, github) => {
    const repository = writableRepository(request, github);
    const hook = { ...hookOf(request, repository), ...hookFields(request.body) };
    refuseDouble(repository, hook);
    repository.hooks.set(hook.id, hook);
    return { status: 200, body: hookAnswer(hook, repository, github) };
  },
  "repos/delete-webhook": (request, github) => {
    const repository = writableRepository(request, github);
    repository.hooks.delete(hookOf(request, repository).id);
    return { status: 204 };
  },
};

function hookFields(body: JsonObject): Omit<HostedHook, "id"> {
  const { active, events, config } = body;
  if (!isJsonObject(config) || textOf(config["url"]) === "") {
    throw validationFailed({ resource: "Hook", field: "url", message: "url cannot be blank" });
  }
  return { active: active !== false, events: Array.isArray(events) ? events.map(String) : ["push"], config };
}

/** GitHub takes the same address and events only once. */
function refuseDouble(repository: HostedRepository, hook: HostedHook): void {
  const others = [...repository.hooks.values()].filter(({ id }) => id !== hook.id);
  if (others.some(({ config }) => config["url"] === hook.config["url"])) {
    throw validationFailed({ resource: "Hook", message: "Hook already exists on this repository" });
  }
}

function hookOf({ params }: ApiRequest, { hooks }: HostedRepository): HostedHook {
  const found = hooks.get(Number(params["hook_id"]));
  if (!found) throw notFound();
  return found;
}

function hookAnswer(hook: HostedHook, repository: HostedRepository, github: HostedGitHub): JsonObject {
  const { id, active, events, config } = hook;
  const url = `${repositoryUrl(repository, github)}/hooks/${id}`;
  const time = timeOf(repository.created);
  return {
    ...{ id, url, type: "Repository", name: "web", active, events: [...events] },
    ...{ config: { ...config, ...("secret" in config ? { secret: "********" } : {}) } },
    ...{ ping_url: `${url}/pings`, test_url: `${url}/test`, deliveries_url: `${url}/deliveries` },
    ...{ created_at: time, updated_at: time, last_response: { code: null, status: "unused", message: null } },
  };
}
