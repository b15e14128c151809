import assert from "node:assert/strict";
import { z } from "zod";
import { planBuildPlaces } from "../../../../plan/pipeline/build-places";
import { planBuildTemplate } from "../../../../plan/projects/builds/build-template";
import { at } from "../../../support/at";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const parameter = z.object({ name: z.string(), value: z.string() });
const step = z.object({ name: z.string(), arguments: z.object({ parameters: z.array(parameter) }) });
const spec = z.looseObject({
  entrypoint: z.string(),
  templates: z.array(
    z
      .object({ name: z.string(), synchronization: z.unknown(), steps: z.array(z.array(step)) })
      .partial({ synchronization: true }),
  ),
});

function specOf(build: object = {}) {
  const git = { type: "github", owner: "myorg", repo: "my-api" };
  const project = someProject({ applications: [{ name: "api", git, port: 8080, build }] });
  const [application] = project.applications;
  assert.ok(application);
  const { resources } = planBuildTemplate({ project, application, cluster: someCluster });
  return spec.parse(manifestsOf(resources, "WorkflowTemplate")[0]?.manifest["spec"]);
}

/** Seconds that a step of this name is told. */
function secondsOf(name: string, build: object): string | undefined {
  const found = specOf(build).templates.flatMap(({ steps }) => steps.flat());
  const parameters = found.find((each) => each.name === name)?.arguments.parameters;
  return parameters?.find((each) => each.name === "seconds")?.value;
}

describe("turn of a build", () => {
  it("comes when no other commit of the application is built", () => {
    assert.deepEqual(specOf()["synchronization"], { mutexes: [{ name: "api" }] });
  });

  it("takes one of the cluster's places for all that the build does, and no sooner", () => {
    const places = manifestsOf([planBuildPlaces(someCluster)], "ConfigMap")[0]?.manifest;
    const configMapKeyRef = { name: at(places, "metadata", "name"), key: "places" };
    assert.equal(at(places, "data", "places"), String(someCluster.buildPlaces));
    const { entrypoint, templates } = specOf({
      test: { image: "docker.io/library/node:24.19.0", command: "npm test" },
    });
    const taking = templates.flatMap(({ name, synchronization }) => (synchronization ? [[name, synchronization]] : []));
    const namespace = at(places, "metadata", "namespace");
    assert.deepEqual(taking, [[entrypoint, { semaphores: [{ namespace, configMapKeyRef }] }]]);
  });

  it("T33: test and image are stopped after the minutes of the file each, however long the build waits for a place", () => {
    const test = { image: "docker.io/library/node:24.19.0", command: "npm test" };
    for (const builder of ["buildkit", "kaniko"])
      for (const name of ["test", "build"]) {
        assert.equal(secondsOf(name, { test, builder }), "1800");
        assert.equal(secondsOf(name, { test, builder, minutes: 5 }), "300");
      }
    assert.equal(specOf({ minutes: 5 })["activeDeadlineSeconds"], 2 * 24 * 3600);
  });
});
