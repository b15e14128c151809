import assert from "node:assert/strict";
import { releaseModes } from "../../../model/build";
import { reportEvent } from "../../../model/pipeline-names";
import { webhookPath } from "../../../model/repository-names";
import { planReleases } from "../../../plan/pipeline/releases";
import { at } from "../../support/at";
import { PushChain } from "../../support/push/push-chain";
import { list, tasksOf } from "../../support/releases/report-tasks";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

/** The template for projects whose applications are released by those modes. */
function templateFor(...modes: readonly string[]): unknown {
  const applications = modes.map((mode) => ({
    ...{ name: mode, port: 80, git: { type: "github", owner: "myorg", repo: mode, branch: "main" } },
    release: { mode },
  }));
  const { resources } = planReleases({ cluster: someCluster, projects: [someProject({ applications })] });
  return manifestsOf(resources, "WorkflowTemplate")[0]?.manifest;
}

const template = templateFor("commit");

describe("what a report sets off", () => {
  it("comes before builds: the Sensor gives the Workflow itself its priority, which a template cannot", () => {
    const git = { type: "github", owner: "myorg", repo: "api" };
    const chain = new PushChain([someProject({ applications: [{ name: "api", port: 80, git }] })]);
    const said = {
      application: "api",
      commit: "1".repeat(40),
      state: "pending",
      digest: "",
      pushed: "1",
      workflow: "a",
    };
    const { workflows } = chain.signed(webhookPath("shop", "myorg", "api"), reportEvent, { report: said });
    assert.deepEqual(
      workflows.map((workflow) => at(workflow, "spec", "priority")),
      [at(template, "spec", "priority")],
    );
  });

  const names = (report: { state: string; mode: string }, ends = {}) =>
    tasksOf(template, report, ends).map(({ name, values }) => [name, values["state"] ?? ""]);

  it("a build that starts or fails is told, and nothing is released", () => {
    for (const state of ["pending", "failure"])
      assert.deepEqual(names({ state, mode: "commit" }), [["tell-build", "{{workflow.parameters.state}}"]]);
    const said = ["pending", "failure"].map(
      (state) => tasksOf(template, { state, mode: "commit" })[0]?.values["description"],
    );
    assert.deepEqual(said, ["waiting or being built", "the build failed; its log says why"]);
  });

  it("an image that is built is released, then told with what came of it", () => {
    const report = { state: "success", mode: "commit" };
    assert.deepEqual(names(report), [["commit", ""]]);
    assert.deepEqual(names(report, { commit: "Succeeded" }).at(-1), ["tell-released", "success"]);
    const told = tasksOf(template, report, { commit: "Succeeded" }).at(-1)?.values;
    assert.equal(told?.["description"], "{{tasks.commit.outputs.parameters.description}}");
    assert.equal(
      told["target"],
      "https://workflows.lab.example/workflows/{{workflow.parameters.project}}-build/{{workflow.parameters.workflow}}",
    );
  });

  it("a release that fails is told as a failure that leads to the release", () => {
    for (const end of ["Failed", "Errored"] as const) {
      const [, told, ...more] = tasksOf(template, { state: "success", mode: "commit" }, { commit: end });
      assert.deepEqual([told?.name, told?.values["state"], more], ["tell-not-released", "failure", []]);
      assert.equal(told?.values["target"], "https://workflows.lab.example/workflows/releases/{{workflow.name}}");
    }
  });

  it("text that is no state and no mode starts nothing", () => {
    assert.deepEqual(names({ state: "success", mode: "' || true || '" }), []);
    const states = list(at(template, "spec", "arguments", "parameters")).find((one) => at(one, "name") === "state");
    assert.deepEqual(at(states, "enum"), ["pending", "success", "failure"]);
  });

  it("every mode of the applications has its task, and each is told of", () => {
    const every = templateFor(...releaseModes);
    for (const mode of releaseModes) {
      const report = { state: "success", mode };
      assert.deepEqual(
        tasksOf(every, report).map(({ name }) => name),
        [mode],
      );
      const told = (end: "Succeeded" | "Failed") => tasksOf(every, report, { [mode]: end }).at(-1)?.name;
      assert.deepEqual([told("Succeeded"), told("Failed")], ["tell-released", "tell-not-released"]);
    }
  });
});
