import assert from "node:assert/strict";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { buildTemplates, templateOf, variablesOf } from "../../support/workflow-pod";

const ours = ["check", "test", "buildkit", "kaniko", "scan", "report"];

describe("log of a build", () => {
  it("is an output of each step, and is there when the step failed: it comes first and no file must exist", () => {
    for (const name of ours) {
      const { outputs, container, volumes } = templateOf(name);
      const [log] = outputs.parameters;
      assert.deepEqual(log, { name: "log", valueFrom: { path: variablesOf(container)["LOG"], default: "" } }, name);
      assert.ok(outputs.parameters.every(({ valueFrom }) => valueFrom["default"] === ""));
      // The executor reads it from a volume: what a container writes elsewhere is gone with it.
      for (const { valueFrom } of outputs.parameters) {
        const folder = container.volumeMounts.find(({ mountPath }) => valueFrom["path"]?.startsWith(`${mountPath}/`));
        assert.deepEqual(volumes.find((volume) => volume.name === folder?.name)?.["emptyDir"], {}, valueFrom["path"]);
      }
    }
  });

  it("is kept by the same program in every step", () => {
    for (const name of ours) {
      const { command } = templateOf(name).container;
      assert.deepEqual(command.slice(1), ["-c", programs.keepLog, "keep-log"], name);
      assert.equal(command[0], name === "kaniko" ? "/busybox/sh" : "sh");
    }
  });

  it("fits into a Workflow, all steps and their retries together", () => {
    const kept = ours.reduce((sum, name) => {
      const template = templateOf(name);
      const tries = 1 + Number(at(template, "retryStrategy", "limit") ?? 0);
      return sum + tries * Number(variablesOf(template.container)["KEEP"]);
    }, 0);
    assert.ok(kept <= 640 * 1024, String(kept));
  });

  it("of the sources, which are fetched before a step starts, is the message of the step", () => {
    for (const { name, initContainers } of buildTemplates().values())
      for (const container of initContainers.filter((each) => each.name === "checkout"))
        assert.equal(container["terminationMessagePolicy"], "FallbackToLogsOnError", name);
  });
});

describe("second try of a step", () => {
  it("is made only of trouble that passes, never of a test", () => {
    const retried = [...buildTemplates().values()].filter((template) => "retryStrategy" in template);
    assert.deepEqual(
      retried.map(({ name }) => name),
      ["check", "buildkit", "kaniko", "scan", "sign", "report"],
    );
    for (const template of retried) {
      assert.equal(at(template, "retryStrategy", "retryPolicy"), "Always");
      assert.equal(
        at(template, "retryStrategy", "expression"),
        'lastRetry.exitCode == "75" || lastRetry.message startsWith "checkout: Error (exit code 75)" || ' +
          'lastRetry.message == "pod deleted"',
      );
      assert.ok(Number(at(template, "retryStrategy", "limit")) <= 3);
    }
  });
});
