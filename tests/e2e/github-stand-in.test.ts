import assert from "node:assert/strict";
import type { Token } from "../../e2e/github/account";
import { Refusal } from "../../e2e/github/answer";
import { blobSha, GitStore } from "../../e2e/github/git-store";
import { HostedGitHub } from "../../e2e/github/hosted-github";
import type { HostedRepository } from "../../e2e/github/hosted-repository";
import { operations } from "../../e2e/github/operations";
import { isJsonObject, type Json, type JsonObject } from "../../model/json";

const owner: Token = { owner: "myorg", access: "write" };
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMtq6t3mpn6mpJ4HlYpr5VQjE6xP4UvIbQyEAm1a2b3c";

describe("stand-in of GitHub's API", () => {
  let hosted: HostedGitHub;
  let api: HostedRepository;

  beforeEach(() => {
    hosted = new HostedGitHub("http://127.0.0.1:1");
    for (const login of ["myorg", "partner"]) hosted.addAccount(login, "Organization");
    api = hosted.addRepository({ owner: "myorg", name: "api", visibility: "private" });
    hosted.addRepository({ owner: "myorg", name: "web", visibility: "private" });
  });

  const ask = (
    operationId: string,
    body: JsonObject = {},
    more: { repo?: string; id?: number; sha?: string; caller?: Token } = {},
  ) => {
    const { repo = "api", id = 0, sha = "", caller = owner } = more;
    const ids = { sha, hook_id: String(id), key_id: String(id), path: "apps/a.yaml", branch: "main", org: "myorg" };
    const operation = operations[operationId];
    assert.ok(operation, operationId);
    try {
      return operation({ params: { owner: "myorg", repo, ...ids }, query: {}, body, caller }, hosted);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  };

  it("computes the ids that Git does", () => {
    assert.equal(blobSha("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    const git = new GitStore();
    const author = { name: "a", email: "a@example.com" };
    const commit = git.commit({
      branch: "main",
      author,
      message: "m",
      changes: { "b/c.txt": "hello\n", "b.txt": "hello\n" },
    });
    // git init; mkdir b; echo hello | tee b.txt b/c.txt; git add .; git write-tree
    assert.equal(commit.tree, "dad121402e4641fc3e4b274057ac8b3f7b03e3a1");
    const next = git.commit({ branch: "main", author, message: "n", changes: { "b.txt": null } });
    assert.deepEqual([next.parents, [...next.files.keys()]], [[commit.sha], ["b/c.txt"]]);
    assert.deepEqual(
      git.history("main").map(({ message }) => message),
      ["n", "m"],
    );
  });

  it("hides a repository from the token of another owner, and lets no reader change one", () => {
    assert.equal(ask("repos/get").status, 200);
    assert.equal(ask("repos/get", {}, { caller: { owner: "partner", access: "write" } }).status, 404);
    assert.equal(ask("repos/update", { has_wiki: false }, { caller: { owner: "myorg", access: "read" } }).status, 403);
    assert.equal(ask("repos/create-in-org", { name: "API" }).status, 422);
  });

  it("keeps a webhook's secret and never tells it, and takes no second webhook of the same address", () => {
    const config = { url: "https://hooks.lab.example/1", secret: "of the hook" };
    const made = ask("repos/create-webhook", { config, events: ["push"] });
    assert.deepEqual([made.status, at(made.body, "config", "secret")], [201, "********"]);
    assert.deepEqual(
      [...api.hooks.values()].map((hook) => hook.config["secret"]),
      ["of the hook"],
    );
    assert.equal(ask("repos/create-webhook", { config }).status, 422);
    assert.equal(ask("repos/create-webhook", { config }, { repo: "web" }).status, 201);
  });

  it("takes a deploy key once only, in OpenSSH's form only, and drops its comment", () => {
    assert.equal(ask("repos/create-deploy-key", { key: `${key} a comment`, title: "t", read_only: true }).status, 201);
    assert.deepEqual(
      [...api.keys.values()].map((kept) => [kept.key, kept.readOnly]),
      [[key, true]],
    );
    assert.equal(ask("repos/create-deploy-key", { key }, { repo: "web" }).status, 422);
    assert.equal(ask("repos/create-deploy-key", { key: "-----BEGIN" }, { repo: "web" }).status, 422);
  });

  it("changes a file only for who knows its present state", () => {
    const content = (text: string) => ({ content: Buffer.from(text).toString("base64"), message: "m", branch: "main" });
    const put = (body: JsonObject) => ask("repos/create-or-update-file-contents", body).status;
    assert.equal(put(content("one")), 201);
    assert.equal(put(content("two")), 422);
    assert.equal(put({ ...content("two"), sha: blobSha("other") }), 409);
    assert.equal(put({ ...content("two"), sha: blobSha("one") }), 200);
    assert.equal(api.file("apps/a.yaml"), "two");
  });

  it("renames a branch with all that is on it, to a name that is free, and the default branch with it", () => {
    api.push("a.txt", "one", "m");
    assert.equal(ask("repos/rename-branch", { new_name: "main" }).status, 422);
    const renamed = ask("repos/rename-branch", { new_name: "production" });
    assert.deepEqual([renamed.status, at(renamed.body, "name")], [201, "production"]);
    assert.deepEqual([api.defaultBranch, api.git.branches, api.file("a.txt")], ["production", ["production"], "one"]);
    assert.equal(ask("repos/rename-branch", { new_name: "other" }).status, 404);
    const reader: Token = { owner: "myorg", access: "read" };
    assert.equal(ask("repos/rename-branch", { new_name: "other" }, { caller: reader }).status, 403);
  });

  it("takes the state of a commit that it has, from a token that may do that and nothing else", () => {
    const { sha } = api.push("a.txt", "one", "m");
    const caller: Token = { owner: "myorg", access: "statuses" };
    const tell = (more: Parameters<typeof ask>[2]) =>
      ask("repos/create-commit-status", { state: "success", context: "shop/api" }, more).status;
    assert.equal(tell({ sha, caller }), 201);
    assert.equal(tell({ sha }), 403);
    assert.equal(tell({ sha: "0".repeat(40), caller }), 422);
    assert.equal(tell({ sha, caller: { owner: "partner", access: "statuses" } }), 404);
    assert.deepEqual(api.statuses, [{ sha, state: "success", context: "shop/api", description: "", target: "" }]);
    assert.equal(ask("repos/update", { has_wiki: false }, { caller }).status, 403);
  });

  it("takes an event that starts workflows, from a token that writes contents", () => {
    const body = { event_type: "release", client_payload: { project: "shop" } };
    const caller: Token = { owner: "myorg", access: "contents" };
    assert.equal(ask("repos/create-dispatch-event", body, { caller }).status, 204);
    assert.equal(
      ask("repos/create-dispatch-event", body, { caller: { owner: "myorg", access: "statuses" } }).status,
      403,
    );
    assert.deepEqual(api.dispatches, [{ event: "release", payload: { project: "shop" } }]);
    assert.equal(ask("repos/create-deploy-key", { key }, { caller }).status, 403);
  });

  it("lets nothing of an archived repository be changed", () => {
    assert.equal(ask("repos/update", { archived: true }).status, 200);
    assert.equal(ask("repos/create-deploy-key", { key }).status, 403);
    assert.equal(ask("repos/update", { archived: false }).status, 200);
    assert.equal(ask("repos/create-deploy-key", { key }).status, 201);
  });
});

function at(body: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (isJsonObject(value) ? value[name] : undefined), body);
}
