import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { buildInputs } from "../../../../plan/pipeline/build-inputs";
import { planBuildTemplate } from "../../../../plan/projects/builds/build-template";
import { at } from "../../../support/at";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const git = { type: "github", owner: "MyOrg", repo: "My-Api", branch: "feature/login" };
const step = z.object({
  name: z.string(),
  template: z.string().optional(),
  templateRef: z.object({ name: z.literal("build"), template: z.string(), clusterScope: z.literal(true) }).optional(),
  when: z.string().optional(),
  continueOn: z.object({ failed: z.boolean(), error: z.boolean() }).optional(),
  arguments: z.object({ parameters: z.array(z.object({ name: z.string(), value: z.string() })) }),
});
const spec = z.looseObject({
  templates: z.array(z.looseObject({ name: z.string(), steps: z.array(z.array(step)) })),
});

function planned(changes: object = {}) {
  const project = someProject({ applications: [{ name: "api", git, port: 8080, ...changes }] });
  const [application] = project.applications;
  assert.ok(application);
  const { resources, warnings } = planBuildTemplate({ project, application, cluster: someCluster });
  const [object] = manifestsOf(resources, "WorkflowTemplate");
  assert.ok(object);
  return { manifest: object.manifest, spec: spec.parse(object.manifest["spec"]), warnings };
}

/** Groups of steps of a template, each step by its name. */
function stepsOf(name: string, changes: object = {}): readonly (readonly string[])[] {
  const found = planned(changes).spec.templates.find((template) => template.name === name);
  return (found?.steps ?? []).map((group) => group.map((each) => each.name));
}

function argumentsOf(name: string, changes: object = {}): Readonly<Record<string, string>> {
  const steps = planned(changes).spec.templates.flatMap((template) => template.steps.flat());
  const found = steps.find((each) => each.name === name);
  return Object.fromEntries((found?.arguments.parameters ?? []).map((parameter) => [parameter.name, parameter.value]));
}

const test = { image: "docker.io/library/node:24.19.0", command: "npm test" };

describe("template of an application's builds", () => {
  it("has the application's name, so that a person starts a build with that and a commit", () => {
    const { metadata } = planned().manifest;
    assert.deepEqual([metadata.name, metadata["namespace"]], ["api", "shop-build"]);
    assert.deepEqual(planned().spec["arguments"], {
      parameters: [{ name: "commit" }, { name: "pushed", value: "" }],
    });
  });

  it("checks first, then tests, builds, scans and signs what the application asks for, and tells how it went", () => {
    assert.deepEqual(stepsOf("push"), [["check"], ["work"]]);
    assert.deepEqual(stepsOf("work"), [["pending", "build"], ["success"]]);
    const all = { build: { test, scan: { mode: "enforce" }, sign: true } };
    const groups = [["pending", "test"], ["build"], ["scan"], ["sign"], ["success"]];
    assert.deepEqual(stepsOf("work", all), groups);
    assert.deepEqual(stepsOf("exit"), [["failure"]]);
  });

  it("does nothing more, and succeeds, when a newer push is built instead", () => {
    const [, [work] = []] = planned().spec.templates[0]?.steps ?? [];
    assert.equal(work?.when, "{{steps.check.outputs.parameters.decision}} == build");
    assert.equal(planned().spec["onExit"], "exit");
    const [[failure] = []] = planned().spec.templates.find(({ name }) => name === "exit")?.steps ?? [];
    assert.equal(failure?.when, "{{workflow.status}} != Succeeded");
  });

  it("runs in pods that any other goes before, as the account of builds", () => {
    const { spec: found } = planned();
    assert.equal(found["podPriorityClassName"], "builds");
    assert.equal(found["serviceAccountName"], "workflows");
  });

  it("gives each step a value for every input, and no other", () => {
    for (const changes of [
      {},
      { build: { builder: "kaniko" } },
      { build: { test, sign: true, scan: { mode: "warn" } } },
    ])
      for (const { templateRef, arguments: given } of planned(changes).spec.templates.flatMap(({ steps }) =>
        steps.flat(),
      )) {
        if (!templateRef) continue;
        const inputs: Readonly<Record<string, readonly string[]>> = buildInputs;
        const names = given.parameters.map(({ name }) => name);
        assert.deepEqual([...names].sort(), [...(inputs[templateRef.template] ?? [])].sort(), templateRef.template);
      }
  });

  it("fails because of nothing that it tells but its success, without which nothing is released", () => {
    const steps = planned().spec.templates.flatMap((template) => template.steps.flat());
    const told = steps.filter(({ templateRef }) => templateRef?.template === "report");
    assert.deepEqual(
      told.map(({ name }) => name),
      ["pending", "success", "failure"],
    );
    const goesOn = { failed: true, error: true };
    assert.deepEqual(
      told.map(({ continueOn }) => continueOn),
      [goesOn, undefined, goesOn],
    );
  });

  it("T33: pushes to the project's repository, and keeps layers in one of the application's own", () => {
    const values = argumentsOf("build");
    assert.equal(values["image"], "harbor.lab.example/shop/api");
    assert.equal(values["cache"], "harbor.lab.example/shop/api/cache");
    assert.equal(values["tag"], "{{workflow.parameters.commit}}");
  });

  it("pushes a tag that moves only where something follows it", () => {
    const tag = (mode: string) => argumentsOf("build", { release: { mode } })["moving-tag"];
    assert.deepEqual(["commit", "dispatch"].map(tag), ["", ""]);
    assert.deepEqual(["image-updater", "restart"].map(tag), Array(2).fill("branch-feature_2f_login"));
  });

  it("reads and reports as the one repository of the application", () => {
    const { repository, branch, "repository-key": key } = argumentsOf("check");
    assert.deepEqual([repository, branch, key], ["git@github.com:MyOrg/My-Api.git", "feature/login", "myorg.my-api"]);
    const report = argumentsOf("success");
    const host = "http://push-eventsource-svc.argo-events.svc.cluster.local:12000";
    assert.equal(report["endpoint"], `${host}/push/shop/myorg/my-api`);
    assert.deepEqual([report["state"], report["digest"]], ["success", "{{steps.build.outputs.parameters.digest}}"]);
  });

  it("hands over build arguments as they are, whatever is in them", () => {
    const text = fc
      .string({ unit: "grapheme" })
      .filter((value) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value));
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom("{{workflow.uid}}", "a\nB c", "$(x)")), (value) => {
        const lines = argumentsOf("build", { build: { args: { Z: value, A: "1" } } })["arguments"] ?? "";
        assert.match(lines, /^A MQ==\nZ [A-Za-z0-9+/]*={0,2}$/);
        assert.equal(Buffer.from(lines.split(" ")[2] ?? "", "base64").toString("utf8"), value);
      }),
    );
  });

  it("waits for the secrets of an application that has some, and for none of any other", () => {
    const optional = (build: object) => argumentsOf("build", { build })["secrets-optional"];
    assert.deepEqual([optional({}), optional({ secrets: ["NPM_TOKEN"] })], ["true", "false"]);
    assert.equal(argumentsOf("build")["secrets"], "api-build-secrets");
  });

  it("runs the builder that the file names, in its image or in another one", () => {
    const builder = (build: object) => argumentsOf("build", { build })["builder"];
    assert.match(builder({}) ?? "", /^docker\.io\/moby\/buildkit:v[\d.]+-rootless$/);
    assert.match(builder({ builder: "kaniko" }) ?? "", /^gcr\.io\/kaniko-project\/executor:v[\d.]+-debug$/);
    assert.equal(builder({ image: "quay.io/x/builder:1.2" }), "quay.io/x/builder:1.2");
  });

  it("asks for less disk than it is stopped at", () => {
    const disk = (size: string) => {
      const values = argumentsOf("build", { build: { resources: { disk: size } } });
      return [values["disk"], values["disk-limit"]];
    };
    assert.deepEqual(disk("20Gi"), ["1Gi", "20Gi"]);
    assert.deepEqual(disk("512Mi"), ["512Mi", "512Mi"]);
  });

  it("holds nothing of the file where Argo would take it for a variable", () => {
    const build = {
      test,
      args: { A: "{{x}}" },
      paths: ["api/"],
      target: "t",
      context: "a",
      dockerfile: "b/Dockerfile",
    };
    const found = JSON.stringify(planned({ build }).manifest).match(/\{\{[^}]*\}\}/g) ?? [];
    assert.deepEqual([...new Set(found)].sort(), [
      "{{inputs.parameters.pushed}}",
      "{{steps.build.outputs.parameters.digest}}",
      "{{steps.check.outputs.parameters.decision}}",
      "{{steps.check.outputs.parameters.pushed}}",
      "{{workflow.parameters.commit}}",
      "{{workflow.parameters.pushed}}",
      "{{workflow.status}}",
    ]);
  });

  it("says what platforms need", () => {
    assert.deepEqual(planned({ build: { platforms: ["linux/amd64", "linux/arm64"] } }).warnings, [
      "shop/api: is built for linux/amd64, linux/arm64; a platform that is not the node's own needs QEMU on the node " +
        "(docs/pipeline.md)",
    ]);
    assert.deepEqual(planned().warnings, []);
    assert.equal(at(planned().manifest, "spec", "entrypoint"), "push");
  });
});
