import type { JsonObject } from "../../model/json";
import { notFound, validationFailed } from "./answer";
import type { HostedGitHub } from "./hosted-github";
import type { HostedKey, HostedRepository } from "./hosted-repository";
import { type ApiRequest, type Operations, textOf, timeOf, visibleRepository, writableRepository } from "./operation";
import { repositoryUrl } from "./repository-answer";

export const keyOperations: Operations = {
  "repos/create-deploy-key": (request, github) => {
    const repository = writableRepository(request, github);
    const key = newKey(request, github);
    repository.keys.set(key.id, key);
    return { status: 201, body: keyAnswer(key, repository, github) };
  },
  "repos/get-deploy-key": (request, github) => {
    const repository = visibleRepository(request, github);
    return { status: 200, body: keyAnswer(keyOf(request, repository), repository, github) };
  },
  "repos/delete-deploy-key": (request, github) => {
    const repository = writableRepository(request, github);
    repository.keys.delete(keyOf(request, repository).id);
    return { status: 204 };
  },
};

function newKey({ body }: ApiRequest, github: HostedGitHub): HostedKey {
  // GitHub drops the comment at the end of a public key.
  const [type = "", content = ""] = textOf(body["key"]).trim().split(/\s+/);
  if (!/^(ssh-ed25519|ssh-rsa|ecdsa-sha2-\S+)$/.test(type) || !/^[A-Za-z0-9+/]{40,}=*$/.test(content)) {
    const message = "key is invalid. You must supply a key in OpenSSH public key format";
    throw validationFailed({ resource: "PublicKey", field: "key", message });
  }
  const key = `${type} ${content}`;
  const used = github.repositories.flatMap(({ keys }) => [...keys.values()]);
  if (used.some((other) => other.key === key)) {
    throw validationFailed({ resource: "PublicKey", field: "key", message: "key is already in use" });
  }
  return { id: github.nextId(), title: textOf(body["title"]), key, readOnly: body["read_only"] === true };
}

function keyOf({ params }: ApiRequest, { keys }: HostedRepository): HostedKey {
  const found = keys.get(Number(params["key_id"]));
  if (!found) throw notFound();
  return found;
}

function keyAnswer(
  { id, title, key, readOnly }: HostedKey,
  repository: HostedRepository,
  github: HostedGitHub,
): JsonObject {
  const url = `${repositoryUrl(repository, github)}/keys/${id}`;
  const created = timeOf(repository.created);
  return {
    id,
    title,
    key,
    url,
    read_only: readOnly,
    verified: true,
    created_at: created,
    last_used: null,
    enabled: true,
  };
}
