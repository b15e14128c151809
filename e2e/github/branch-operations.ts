import type { JsonObject } from "../../model/json";
import { notFound, validationFailed } from "./answer";
import { commitAnswer } from "./commit-answer";
import type { HostedGitHub } from "./hosted-github";
import type { HostedRepository } from "./hosted-repository";
import { type ApiRequest, type Operations, textOf, visibleRepository, writableRepository } from "./operation";
import { repositoryUrl } from "./repository-answer";

export const branchOperations: Operations = {
  "repos/get-branch": (request, github) => {
    const repository = visibleRepository(request, github);
    return { status: 200, body: branchAnswer(branchOf(request), repository, github) };
  },
  "repos/rename-branch": (request, github) => {
    const repository = writableRepository(request, github);
    const [branch, name] = [branchOf(request), textOf(request.body["new_name"])];
    if (!repository.git.head(branch)) throw notFound("Branch not found");
    if (repository.git.head(name)) {
      throw validationFailed({ resource: "Branch", field: "new_name", message: "branch already exists" });
    }
    repository.git.rename(branch, name);
    if (repository.defaultBranch === branch) repository.change({ default_branch: name });
    return { status: 201, body: branchAnswer(name, repository, github) };
  },
};

function branchOf({ params }: ApiRequest): string {
  return params["branch"] ?? "";
}

function branchAnswer(name: string, repository: HostedRepository, github: HostedGitHub): JsonObject {
  const head = repository.git.head(name);
  if (!head) throw notFound("Branch not found");
  const url = `${repositoryUrl(repository, github)}/branches/${name}`;
  const links = { self: url, html: `${github.address}/${repository.fullName}/tree/${name}` };
  const open = { protected: false, protection: { enabled: false }, protection_url: `${url}/protection` };
  return { name, commit: commitAnswer(head, repository, github), _links: links, ...open };
}
