import { posix } from "node:path";
import { isJsonObject, type JsonObject } from "../../model/json";
import { conflict, invalidRequest, notFound } from "./answer";
import { commitAnswer, fileCommit } from "./commit-answer";
import { blobSha, type GitAuthor } from "./git-store";
import type { HostedGitHub } from "./hosted-github";
import type { HostedRepository } from "./hosted-repository";
import { type ApiRequest, type Operations, textOf, visibleRepository, writableRepository } from "./operation";
import { repositoryUrl } from "./repository-answer";

export const contentOperations: Operations = {
  "repos/get-commit": (request, github) => {
    const repository = visibleRepository(request, github);
    const reference = request.params["ref"] ?? "";
    const commit = repository.git.find(reference) ?? repository.git.head(reference);
    if (!commit) throw invalidRequest(`No commit found for SHA: ${reference}`);
    return { status: 200, body: commitAnswer(commit, repository, github) };
  },
  "repos/get-content": (request, github) => {
    const repository = visibleRepository(request, github);
    const ref = request.query["ref"] ?? repository.defaultBranch;
    const content = (repository.git.head(ref) ?? repository.git.find(ref))?.files.get(pathOf(request));
    if (content === undefined) throw notFound();
    const body = { ...entry(pathOf(request), content, { ref, repository, github }), encoding: "base64" };
    return { status: 200, body: { ...body, content: Buffer.from(content).toString("base64") } };
  },
  "repos/create-or-update-file-contents": (request, github) => {
    const repository = writableRepository(request, github);
    const before = currentFile(request, repository);
    const content = Buffer.from(textOf(request.body["content"]), "base64").toString("utf8");
    const commit = write(request, repository, content);
    const file = entry(pathOf(request), content, { ref: branchOf(request, repository), repository, github });
    return { status: before === undefined ? 201 : 200, body: fileCommit(file, commit, repository, github) };
  },
  "repos/delete-file": (request, github) => {
    const repository = writableRepository(request, github);
    if (currentFile(request, repository) === undefined) throw notFound();
    const commit = write(request, repository, null);
    return { status: 200, body: fileCommit(null, commit, repository, github) };
  },
};

function pathOf({ params }: ApiRequest): string {
  return params["path"] ?? "";
}

function branchOf({ body }: ApiRequest, { defaultBranch }: HostedRepository): string {
  return textOf(body["branch"], defaultBranch);
}

/** What the file holds now. Who changes it must say which state of it they know. */
function currentFile(request: ApiRequest, repository: HostedRepository): string | undefined {
  const branch = branchOf(request, repository);
  const head = repository.git.head(branch);
  if (!head && repository.git.branches.length > 0) throw notFound(`Branch ${branch} not found`);
  const current = head?.files.get(pathOf(request));
  const known = request.body["sha"];
  if (current === undefined) return undefined;
  if (known === undefined) throw invalidRequest('Invalid request.\n\n"sha" wasn\'t supplied.');
  if (known !== blobSha(current)) throw conflict(`${pathOf(request)} does not match ${textOf(known)}`);
  return current;
}

function write(request: ApiRequest, repository: HostedRepository, content: string | null) {
  const branch = branchOf(request, repository);
  if (repository.isClosed(branch))
    throw conflict("Repository rule violations found\n\nChanges must be made otherwise.");
  const message = textOf(request.body["message"]);
  const changes = { [pathOf(request)]: content };
  repository.updated = new Date();
  return repository.git.commit({ branch, author: authorOf(request), message, changes });
}

function authorOf({ body, caller }: ApiRequest): GitAuthor {
  const given = body["author"];
  if (!isJsonObject(given)) return { name: caller.owner, email: `${caller.owner}@users.noreply.example.com` };
  return { name: textOf(given["name"]), email: textOf(given["email"]) };
}

interface Place {
  readonly ref: string;
  readonly repository: HostedRepository;
  readonly github: HostedGitHub;
}

function entry(path: string, content: string, { ref, repository, github }: Place): JsonObject {
  const sha = blobSha(content);
  const api = repositoryUrl(repository, github);
  const url = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/blobs/${sha}`;
  const html = `${github.address}/${repository.fullName}/blob/${ref}/${path}`;
  return {
    ...{ type: "file", name: posix.basename(path), path, sha, size: Buffer.byteLength(content) },
    ...{
      url,
      git_url: git,
      html_url: html,
      download_url: `${github.address}/raw/${repository.fullName}/${ref}/${path}`,
    },
    _links: { self: url, git, html },
  };
}
