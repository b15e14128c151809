import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../model/json";
import { reportEvent, reportStates } from "../../../model/pipeline-names";
import { webhookPath } from "../../../model/repository-names";
import { at } from "../../support/at";
import { PushChain } from "../../support/push/push-chain";
import { someProject } from "../../support/some-project";

const commit = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
const digest = `sha256:${"ab".repeat(32)}`;
const path = webhookPath("shop", "myorg", "my-api");

/** Two applications of one repository, one of which is held at a commit. */
const chain = new PushChain([
  someProject({
    applications: [
      { name: "api", git: { type: "github", owner: "myorg", repo: "My-Api" }, port: 8080 },
      {
        ...{ name: "web", port: 8080, release: { mode: "dispatch" } },
        git: { type: "github", owner: "myorg", repo: "my-api", hash: commit },
      },
    ],
  }),
]);

function reportOf(changes: JsonObject = {}): JsonObject {
  const said = {
    application: "api",
    commit,
    state: "success",
    digest,
    pushed: "1700000000",
    workflow: "api-6113728f27ae",
  };
  return { report: { ...said, ...changes } };
}

function made(body: Json): readonly JsonObject[] {
  return chain.signed(path, reportEvent, body).workflows;
}

/** The arguments of the Workflow that a report makes. */
function argumentsOf(body: Json): Readonly<Record<string, unknown>> {
  const [workflow, ...others] = made(body);
  assert.ok(workflow && others.length === 0);
  const parameters = at(workflow, "spec", "arguments", "parameters");
  assert.ok(Array.isArray(parameters));
  return Object.fromEntries(parameters.map((parameter) => [String(at(parameter, "name")), at(parameter, "value")]));
}

describe("report of a build", () => {
  it("makes a Workflow of the release's template, with what the file says beside what the build says", () => {
    const [workflow] = made(reportOf());
    assert.deepEqual(at(workflow, "metadata"), {
      generateName: "shop.api-",
      namespace: "releases",
      labels: {
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/component": "release",
        "app.kubernetes.io/name": "api",
      },
    });
    assert.deepEqual(at(workflow, "spec", "workflowTemplateRef"), { name: "release" });
    assert.deepEqual(argumentsOf(reportOf()), {
      ...{ project: "shop", application: "api", repository: "myorg/My-Api", mode: "commit", pinned: "" },
      ...{ commit, state: "success", digest, pushed: "1700000000", workflow: "api-6113728f27ae" },
    });
    const web = argumentsOf(reportOf({ application: "web" }));
    assert.deepEqual([web["application"], web["mode"], web["pinned"]], ["web", "dispatch", commit]);
  });

  it("may say each state, and has an image unless it has not succeeded", () => {
    for (const state of reportStates) assert.equal(argumentsOf(reportOf({ state }))["state"], state);
    for (const state of ["pending", "failure"])
      assert.equal(argumentsOf(reportOf({ state, digest: "" }))["digest"], "");
  });

  it("has a time unless it is of a build by hand that has not succeeded", () => {
    assert.equal(argumentsOf(reportOf({ pushed: "0" }))["pushed"], "0");
    for (const state of ["pending", "failure"])
      assert.equal(argumentsOf(reportOf({ state, digest: "", pushed: "" }))["pushed"], "");
  });

  const malformed: readonly (readonly [string, Json])[] = [
    ["no report", {}],
    ["a report that is none", { report: "success" }],
    ["a report in a list", { report: [reportOf()["report"] ?? null] }],
    ...["application", "commit", "state", "digest", "pushed", "workflow"].flatMap((field) =>
      [null, 1, true, {}, [], "", "x y", "$(id)", "{{workflow.name}}", "../../etc"].flatMap(
        (value): readonly (readonly [string, Json])[] => [
          [`${JSON.stringify(value)} as ${field}`, reportOf({ [field]: value })],
        ],
      ),
    ),
    ["an application of nobody", reportOf({ application: "other" })],
    ["an application in other letters", reportOf({ application: "API" })],
    ["a short commit", reportOf({ commit: commit.slice(1) })],
    ["a long commit", reportOf({ commit: `${commit}0` })],
    ["a commit in capitals", reportOf({ commit: commit.toUpperCase() })],
    ["a commit of zeros", reportOf({ commit: "0".repeat(40) })],
    ["a commit with an end of line", reportOf({ commit: `${commit}\n` })],
    ["another state", reportOf({ state: "error" })],
    ["success without an image", reportOf({ digest: "" })],
    ["a sum of another kind", reportOf({ digest: digest.replace("256", "512") })],
    ["a short sum", reportOf({ digest: digest.slice(0, -1) })],
    ["a sum with other text of its length", reportOf({ digest: `sha256:a$(id)${"0".repeat(58)}` })],
    ["a sum with an end of line", reportOf({ digest: `${digest}\n` })],
    ["a time with a sign", reportOf({ pushed: "-1" })],
    ["a time that starts with zeros", reportOf({ pushed: "01" })],
    ["a time beyond all times", reportOf({ pushed: "1".repeat(13) })],
    ["a Workflow of another form", reportOf({ workflow: "api/1" })],
    ["a Workflow whose name is too long", reportOf({ workflow: "a".repeat(64) })],
  ];
  for (const [title, body] of malformed)
    it(`makes nothing when it has ${title}`, () => {
      assert.deepEqual(made(body), []);
    });

  it("is none as a push, and a push is none as a report", () => {
    assert.deepEqual(chain.signed(path, "push", reportOf()).workflows, []);
    assert.deepEqual(chain.signed(path, "ping", reportOf()).workflows, []);
    // What the body says of the header does not count.
    assert.deepEqual(chain.signed(path, "ping", { ...reportOf(), "X-GitHub-Event": reportEvent }).workflows, []);
  });
});
