import { isJsonObject, type JsonObject } from "../../model/json";
import { nodeId, simpleUser } from "./account-operations";
import { forbidden, invalidRequest } from "./answer";
import { type HostedGitHub, needAccess } from "./hosted-github";
import type { HostedRepository, HostedStatus } from "./hosted-repository";
import { type ApiRequest, type Operations, textOf, timeOf, visibleRepository } from "./operation";
import { repositoryUrl } from "./repository-answer";

/** What builds and releases tell of themselves, by tokens that may do nothing else. */
export const eventOperations: Operations = {
  "repos/create-commit-status": (request, github) => {
    const repository = openRepository(request, github);
    needAccess(repository.owner.login, request.caller, ["statuses"]);
    const sha = request.params["sha"] ?? "";
    if (!repository.git.find(sha)) throw invalidRequest(`No commit found for SHA: ${sha}`);
    const status = statusOf(sha, request.body);
    repository.statuses.push(status);
    return { status: 201, body: statusAnswer(status, repository, github) };
  },
  "repos/create-dispatch-event": (request, github) => {
    const repository = openRepository(request, github);
    needAccess(repository.owner.login, request.caller, ["write", "contents"]);
    const payload = request.body["client_payload"] ?? {};
    if (!isJsonObject(payload)) throw invalidRequest("Invalid request.");
    repository.dispatches.push({ event: textOf(request.body["event_type"]), payload });
    return { status: 204 };
  },
};

function openRepository(request: ApiRequest, github: HostedGitHub): HostedRepository {
  const repository = visibleRepository(request, github);
  if (repository.archived) throw forbidden("Repository was archived so is read-only.");
  return repository;
}

function statusOf(sha: string, body: JsonObject): HostedStatus {
  const { state, context, description, target_url: target } = body;
  const texts = { description: textOf(description), target: textOf(target) };
  return { sha, state: textOf(state), context: textOf(context, "default"), ...texts };
}

function statusAnswer(status: HostedStatus, repository: HostedRepository, github: HostedGitHub): JsonObject {
  const { sha, state, context, description, target } = status;
  const id = github.nextId();
  const time = timeOf(new Date());
  return {
    ...{ id, node_id: nodeId("SC", id), url: `${repositoryUrl(repository, github)}/statuses/${sha}` },
    ...{ avatar_url: `${github.address}/avatars/${repository.owner.login}`, target_url: target },
    ...{ state, context, description, created_at: time, updated_at: time },
    creator: simpleUser(repository.owner, github),
  };
}
