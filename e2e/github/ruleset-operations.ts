import type { JsonObject } from "../../model/json";
import { nodeId } from "./account-operations";
import { notFound, validationFailed } from "./answer";
import type { HostedGitHub } from "./hosted-github";
import type { HostedRepository, HostedRuleset } from "./hosted-repository";
import { type ApiRequest, type Operations, timeOf, visibleRepository, writableRepository } from "./operation";
import { repositoryUrl } from "./repository-answer";

export const rulesetOperations: Operations = {
  "repos/create-repo-ruleset": (request, github) => {
    const repository = writableRepository(request, github);
    const ruleset = { id: github.nextId(), content: request.body };
    return { status: 201, body: kept(ruleset, repository, github) };
  },
  "repos/get-repo-ruleset": (request, github) => {
    const repository = visibleRepository(request, github);
    return { status: 200, body: rulesetAnswer(rulesetOf(request, repository), repository, github) };
  },
  "repos/update-repo-ruleset": (request, github) => {
    const repository = writableRepository(request, github);
    const { id, content } = rulesetOf(request, repository);
    return { status: 200, body: kept({ id, content: { ...content, ...request.body } }, repository, github) };
  },
  "repos/delete-repo-ruleset": (request, github) => {
    const repository = writableRepository(request, github);
    repository.rulesets.delete(rulesetOf(request, repository).id);
    return { status: 204 };
  },
};

function kept(ruleset: HostedRuleset, repository: HostedRepository, github: HostedGitHub): JsonObject {
  const others = [...repository.rulesets.values()].filter(({ id }) => id !== ruleset.id);
  if (others.some(({ content }) => content["name"] === ruleset.content["name"])) {
    throw validationFailed({ resource: "RepositoryRuleset", field: "name", message: "Name must be unique" });
  }
  repository.rulesets.set(ruleset.id, ruleset);
  return rulesetAnswer(ruleset, repository, github);
}

function rulesetOf({ params }: ApiRequest, { rulesets }: HostedRepository): HostedRuleset {
  const found = rulesets.get(Number(params["ruleset_id"]));
  if (!found) throw notFound();
  return found;
}

function rulesetAnswer({ id, content }: HostedRuleset, repository: HostedRepository, github: HostedGitHub): JsonObject {
  const time = timeOf(repository.created);
  return {
    ...{ target: "branch", bypass_actors: [], conditions: null, rules: [] },
    ...content,
    ...{ id, node_id: nodeId("RRS", id), source_type: "Repository", source: repository.fullName },
    ...{ current_user_can_bypass: "never", created_at: time, updated_at: time },
    _links: { self: { href: `${repositoryUrl(repository, github)}/rulesets/${id}` } },
  };
}
