import assert from "node:assert/strict";
import { webhookPath, webhookSecretName } from "../../../model/repository-names";
import { at } from "../../support/at";
import { type Call, PushChain, signature } from "../../support/push/push-chain";
import { pushOf, pushTo } from "../../support/push/recorded-pushes";
import { applicationOf } from "../../support/some-repository";
import { someProject } from "../../support/some-project";

/**
 * The signature is checked by a stand-in of go-github's `ValidatePayload`: this proves that each repository has a key of its
 * own and which call is checked by which, and not that Argo Events checks.
 */
describe("call of the event source", () => {
  const applications = [applicationOf("api", "api"), applicationOf("web", "web")];
  const chain = new PushChain([someProject({ applications }, "blog"), someProject({ applications }, "shop")]);
  const path = webhookPath("shop", "myorg", "api");
  const body = JSON.stringify(pushTo("myorg/api"));
  const keyOf = (project: string, repository: string) => `${webhookSecretName(project)}/myorg.${repository}`;
  const call = (changes: Partial<Call> = {}) =>
    chain.call({ path, event: "push", body, signature: signature(body, keyOf("shop", "api")), ...changes });

  it("T44: starts one build when it is signed with the repository's key", () => {
    const { status, workflows } = call();
    assert.equal(status, 200);
    assert.deepEqual(workflows.map(placeOf), ["shop-build/api-6113728f27ae"]);
  });

  it("T44: starts nothing unsigned, or with a signature of another key or another body", () => {
    assert.deepEqual(chain.call({ path, event: "push", body }), { status: 400, workflows: [] });
    const forged = [
      "",
      "sha256=",
      signature(body, ""),
      signature(body, "guess"),
      signature(body, keyOf("shop", "web")),
      signature(body, keyOf("blog", "api")),
      signature(`${body} `, keyOf("shop", "api")),
      signature(body, keyOf("shop", "api")).replace("sha256", "sha1"),
    ];
    for (const text of forged) assert.deepEqual(call({ signature: text }), { status: 400, workflows: [] });
  });

  it("T44: starts nothing for a repository whose key the caller does not have", () => {
    const other = JSON.stringify(pushTo("myorg/web"));
    const signed = { body: other, signature: signature(other, keyOf("shop", "api")) };
    assert.deepEqual(call(signed), { status: 200, workflows: [] });
    assert.deepEqual(call({ ...signed, path: webhookPath("shop", "myorg", "web") }), { status: 400, workflows: [] });
  });

  it("T44: starts one build however often it comes: the name is the same, and Kubernetes takes it once", () => {
    const twice = [call(), call()].flatMap(({ workflows }) => workflows.map(placeOf));
    assert.deepEqual(twice, ["shop-build/api-6113728f27ae", "shop-build/api-6113728f27ae"]);
    const next = pushTo("myorg/api");
    const later = chain.signed(path, "push", { ...next, after: "b".repeat(40) });
    assert.deepEqual(later.workflows.map(placeOf), ["shop-build/api-bbbbbbbbbbbb"]);
  });

  it("T44: starts nothing on another branch, and nothing when a branch is deleted", () => {
    const repository = pushTo("myorg/api")["repository"] ?? null;
    for (const changes of [{ ref: "refs/heads/next" }, { deleted: true, after: "0".repeat(40) }])
      assert.deepEqual(chain.signed(path, "push", pushOf({ repository, ...changes })), { status: 200, workflows: [] });
  });

  it("starts nothing that is no push, has no body that is an object, or goes elsewhere", () => {
    for (const event of ["ping", "pull_request", "Push", ""]) assert.deepEqual(call({ event }).workflows, []);
    for (const text of ["", "null", "[]", "1", "{"])
      assert.equal(call({ body: text, signature: signature(text, keyOf("shop", "api")) }).status, 400);
    for (const elsewhere of ["/push/shop/myorg/other", "/push/shop/myorg", `${path}/`, "/"])
      assert.deepEqual(call({ path: elsewhere }), { status: 404, workflows: [] });
  });
});

function placeOf(workflow: unknown): string {
  return `${String(at(workflow, "metadata", "namespace"))}/${String(at(workflow, "metadata", "name"))}`;
}
