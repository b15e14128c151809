import type { JsonObject } from "../../model/json";
import { notFound, validationFailed } from "./answer";
import { type HostedGitHub, mayWrite } from "./hosted-github";
import type { HostedRepository } from "./hosted-repository";
import { type ApiRequest, type Operations, textOf, visibleRepository, writableRepository } from "./operation";
import { fullRepository } from "./repository-answer";

export const repositoryOperations: Operations = {
  "repos/get": (request, github) => ({ status: 200, body: fullRepository(visibleRepository(request, github), github) }),
  "repos/create-in-org": (request, github) => created(request.params["org"] ?? "", request, github),
  "repos/create-for-authenticated-user": (request, github) => created(request.caller.owner, request, github),
  "repos/create-using-template": ({ params, body, caller }, github) => {
    const template = github.visible(params["template_owner"] ?? "", params["template_repo"] ?? "", caller);
    if (template.settings["is_template"] !== true) throw notFound();
    const owner = textOf(body["owner"], caller.owner);
    const made = addRepository(owner, { body, caller, template }, github);
    for (const branch of template.git.branches) copyBranch(template, made, branch);
    return { status: 201, body: fullRepository(made, github) };
  },
  "repos/update": (request, github) => {
    const found = isUnarchiving(request) ? visibleRepository(request, github) : writableRepository(request, github);
    mayWrite(found.owner.login, request.caller);
    update(found, request.body);
    return { status: 200, body: fullRepository(found, github) };
  },
  "repos/replace-all-topics": (request, github) => {
    const names = request.body["names"];
    const topics = Array.isArray(names) ? names.map(String) : [];
    writableRepository(request, github).topics = topics;
    return { status: 200, body: { names: topics } };
  },
  "repos/check-vulnerability-alerts": (request, github) => {
    if (!visibleRepository(request, github).vulnerabilityAlerts) throw notFound();
    return { status: 204 };
  },
  "repos/enable-vulnerability-alerts": (request, github) => {
    writableRepository(request, github).vulnerabilityAlerts = true;
    return { status: 204 };
  },
  "repos/disable-vulnerability-alerts": (request, github) => {
    writableRepository(request, github).vulnerabilityAlerts = false;
    return { status: 204 };
  },
};

function created(owner: string, { body, caller }: ApiRequest, github: HostedGitHub) {
  const made = addRepository(owner, { body, caller }, github);
  if (body["auto_init"] === true) made.push("README.md", `# ${made.name}\n`, "Initial commit");
  return { status: 201, body: fullRepository(made, github) };
}

function addRepository(
  owner: string,
  { body, caller, template }: Pick<ApiRequest, "body" | "caller"> & { readonly template?: HostedRepository },
  github: HostedGitHub,
): HostedRepository {
  mayWrite(owner, caller);
  const name = textOf(body["name"]);
  if (github.find(owner, name)) {
    throw validationFailed({ resource: "Repository", field: "name", message: "name already exists on this account" });
  }
  const visibility = textOf(body["visibility"], body["private"] === true ? "private" : "public");
  const made = github.addRepository({ owner, name, visibility, ...(template ? { template } : {}) });
  made.change(body);
  return made;
}

function copyBranch(from: HostedRepository, to: HostedRepository, branch: string): void {
  const files = from.git.head(branch)?.files ?? new Map<string, string>();
  const author = { name: from.owner.login, email: "noreply@example.com" };
  to.git.commit({ branch, author, message: "Initial commit", changes: Object.fromEntries(files) });
}

function isUnarchiving({ body }: ApiRequest): boolean {
  return body["archived"] === false;
}

function update(repository: HostedRepository, body: JsonObject): void {
  repository.visibility = textOf(body["visibility"], repository.visibility);
  const name = textOf(body["name"], repository.name);
  if (name.toLowerCase() !== repository.name.toLowerCase()) throw new Error("the stand-in moves no repository");
  repository.name = name;
  if (typeof body["archived"] === "boolean") repository.archived = body["archived"];
  repository.change(body);
}
