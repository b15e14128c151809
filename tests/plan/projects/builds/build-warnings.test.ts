import assert from "node:assert/strict";
import { buildWarnings } from "../../../../plan/projects/builds/build-warnings";
import { someCluster, someProject } from "../../../support/some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const digest = `@sha256:${"a".repeat(64)}`;
const kanikoImage = "gcr.io/kaniko-project/executor:v1.24.0-debug";
const buildkitImage = "docker.io/moby/buildkit:v0.32.2-rootless";

function warnings(build: object): readonly string[] {
  const project = someProject({ applications: [{ name: "api", git, port: 8080, build }] });
  return project.applications.flatMap((application) => buildWarnings({ project, application, cluster: someCluster }));
}

/** Without the one that every build with kaniko has. */
function imageWarnings(build: object): readonly string[] {
  return warnings(build).filter((text) => !text.includes("nobody maintains"));
}

describe("warnings of builds", () => {
  it("are none by default", () => {
    assert.deepEqual(warnings({}), []);
  });

  it("say where the Dockerfile is looked for when its path begins with the context's", () => {
    const expected = [
      "shop/api: its Dockerfile is looked for at services/api/services/api/docker/Dockerfile, since `build.dockerfile` starts " +
        "from `build.context`; unless it is there, write `dockerfile: docker/Dockerfile`",
    ];
    const dockerfile = "services/api/docker/Dockerfile";
    for (const context of ["services/api", "services/api/", "./services/api"])
      for (const start of ["", "./"])
        assert.deepEqual(warnings({ context, dockerfile: `${start}${dockerfile}` }), expected);
    assert.deepEqual(warnings({ context: "services/api", dockerfile: "docker/Dockerfile" }), []);
    assert.deepEqual(warnings({ context: "services/api", dockerfile: "services/api2/Dockerfile" }), []);
    assert.deepEqual(warnings({ context: ".", dockerfile: "services/api/Dockerfile" }), []);
    assert.deepEqual(warnings({ context: "./", dockerfile: "./Dockerfile" }), []);
  });

  it("say that nobody maintains kaniko", () => {
    assert.deepEqual(warnings({ builder: "kaniko" }), [
      "shop/api: is built by kaniko, which nobody maintains any more, as root in its container; `builder: buildkit` needs no root",
    ]);
  });

  it("say that an image is of the other builder", () => {
    assert.deepEqual(imageWarnings({ image: kanikoImage }), [
      `shop/api: ${kanikoImage} seems to be an image of kaniko, and \`builder: buildkit\` cannot run in it; name one such as ` +
        `${buildkitImage}, or set \`builder: kaniko\``,
    ]);
    assert.deepEqual(imageWarnings({ builder: "kaniko", image: buildkitImage }), [
      `shop/api: ${buildkitImage} seems to be an image of buildkit, and \`builder: kaniko\` cannot run in it; name one such as ` +
        `${kanikoImage}, or set \`builder: buildkit\``,
    ]);
  });

  it("say that an image does not look like one that the steps can run in", () => {
    assert.deepEqual(imageWarnings({ image: "docker.io/moby/buildkit:v0.32.2" }), [
      "shop/api: docker.io/moby/buildkit:v0.32.2 does not say `rootless`, and builds get no root; name an image such as " +
        buildkitImage,
    ]);
    const plain = "gcr.io/kaniko-project/executor:v1.24.0";
    assert.deepEqual(imageWarnings({ builder: "kaniko", image: plain }), [
      `shop/api: ${plain} does not say \`debug\`, and builds need its shell; name an image such as ${kanikoImage}`,
    ]);
    assert.deepEqual(imageWarnings({ builder: "kaniko", image: kanikoImage }), []);
    assert.deepEqual(imageWarnings({ image: buildkitImage }), []);
    assert.deepEqual(imageWarnings({ image: `${buildkitImage}${digest}` }), []);
    assert.deepEqual(imageWarnings({ image: "reg.lab:5000/tools/buildkit-rootless:1" }), []);
  });

  it("do not guess what only a digest names", () => {
    assert.deepEqual(imageWarnings({ image: `reg.lab:5000/moby/buildkit${digest}` }), []);
  });

  it("say what several platforms need; one may be the node's own", () => {
    assert.deepEqual(warnings({ platforms: ["linux/amd64", "linux/arm64"] }), [
      "shop/api: is built for linux/amd64, linux/arm64; a platform that is not the node's own needs QEMU on the node " +
        "(docs/pipeline.md)",
    ]);
    assert.deepEqual(warnings({ platforms: ["linux/arm64"] }), []);
  });
});
