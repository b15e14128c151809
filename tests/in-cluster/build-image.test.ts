import assert from "node:assert/strict";
import { mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argument, commit, digest, ImageRun } from "../support/image/image-run";
import { shells } from "../support/git/run-script";

const image = "harbor.example.com/shop/api";

describe("program build-image", () => {
  let run: ImageRun;

  beforeEach(() => {
    run = new ImageRun("buildkit");
  });

  afterEach(() => {
    run.remove();
  });

  /** What stands behind each occurrence of a flag. */
  const values = (flag: string) => (run.args ?? []).filter((_, index, all) => all[index - 1] === flag);

  for (const shell of shells)
    it(`builds, pushes and hands the digest on, in ${shell.name}`, async () => {
      const { code, err } = await run.run({}, { says: "#1 building\n" }, shell);
      assert.deepEqual([code, err, run.digest], [0, "#1 building\n", digest]);
      const sources = realpathSync(run.workspace);
      assert.deepEqual(
        run.args?.slice(0, 6).filter((arg) => !arg.startsWith(run.scratch)),
        [...["build", "--progress", "plain", "--frontend", "dockerfile.v0", "--metadata-file"]],
      );
      assert.deepEqual(values("--local"), [`context=${sources}`, `dockerfile=${sources}`]);
      assert.deepEqual(values("--output"), [`type=image,"name=${image}:${commit}",push=true`]);
      assert.deepEqual(values("--import-cache"), [`type=registry,ref=${image}/cache:buildkit`]);
      const exported = `type=registry,ref=${image}/cache:buildkit,mode=max,ignore-error=true`;
      assert.deepEqual(values("--export-cache"), [exported]);
      assert.deepEqual(values("--opt"), [
        "filename=Dockerfile",
        "attest:provenance=mode=max",
        `vcs:revision=${commit}`,
        "vcs:source=https://github.com/myorg/my-api",
        `label:org.opencontainers.image.revision=${commit}`,
        "label:org.opencontainers.image.source=https://github.com/myorg/my-api",
      ]);
      assert.deepEqual(values("--secret"), []);
      assert.deepEqual(readdirSync(run.scratch), []);
    });

  it("pushes a moving tag as well, for platforms and a stage", async () => {
    await run.run({ MOVING_TAG: "latest-main", PLATFORMS: "linux/amd64,linux/arm64", TARGET: "production" });
    assert.deepEqual(values("--output"), [`type=image,"name=${image}:${commit},${image}:latest-main",push=true`]);
    assert.deepEqual(values("--opt").slice(-2), ["target=production", "platform=linux/amd64,linux/arm64"]);
  });

  it("gives the daemon what it needs in a pod, and lets the pod say otherwise", async () => {
    await run.run();
    const names = ["BUILDKITD_FLAGS", "BUILDCTL_CONNECT_RETRIES_MAX", "DOCKER_CONFIG"];
    assert.deepEqual(
      names.map((name) => run.variable(name)),
      ["--oci-worker-no-process-sandbox", "50", "/x"],
    );
    await run.run({ BUILDKITD_FLAGS: "--debug", BUILDCTL_CONNECT_RETRIES_MAX: "3" });
    assert.deepEqual(
      names.map((name) => run.variable(name)),
      ["--debug", "3", "/x"],
    );
  });

  it("hands every value on as one argument, whatever stands in it", async () => {
    const odd = [
      "",
      " ",
      "a b",
      "--opt",
      "$(touch x)",
      "`id`",
      "'\"\\",
      "a\nb\n\n",
      "\n",
      "x=y=z",
      "ü",
      "-",
      "a,b",
      "%s\\n",
    ];
    const lines = odd.map((value, index) => argument(`A${index}`, value)).join("");
    const { code, err } = await run.run({ BUILD_ARGUMENTS: lines, TARGET: "--$(x) y\nz", SOURCE: "a b\n--c" });
    assert.deepEqual([code, err], [0, ""]);
    const opts = values("--opt");
    assert.deepEqual(
      opts.slice(-odd.length),
      odd.map((value, index) => `build-arg:A${index}=${value}`),
    );
    assert.ok(opts.includes("target=--$(x) y\nz"));
    assert.ok(opts.includes("label:org.opencontainers.image.source=a b\n--c"));
  });

  it("refuses build arguments that are none", async () => {
    for (const [line, sentence] of [
      ["1A eA==", '"1A" is no name of a build argument; use letters, digits and "_"'],
      ["A-B eA==", '"A-B" is no name of a build argument; use letters, digits and "_"'],
      ["A eA=", "the value of the build argument A is not base64; encode it"],
      ["A !!!!", "the value of the build argument A is not base64; encode it"],
    ] as const) {
      const { code, err } = await run.run({ BUILD_ARGUMENTS: line });
      assert.deepEqual([code, err, run.args], [1, `${sentence}\n`, undefined]);
    }
  });

  it("mounts each build secret by its name, as Kubernetes lays them out", async () => {
    const SECRETS = join(run.folder, "a secrets");
    mkdirSync(join(SECRETS, "..2026"), { recursive: true });
    writeFileSync(join(SECRETS, "..2026", "NPM_TOKEN"), "canary");
    symlinkSync("..2026", join(SECRETS, "..data"));
    symlinkSync(join("..data", "NPM_TOKEN"), join(SECRETS, "NPM_TOKEN"));
    await run.run({ SECRETS });
    assert.deepEqual(values("--secret"), [`id=NPM_TOKEN,src=${SECRETS}/NPM_TOKEN`]);
    assert.ok(!(run.args ?? []).some((arg) => arg.includes("canary")));
  });

  it("refuses secrets that cannot be named, and takes an empty folder", async () => {
    const folder = (name: string, file?: string) => {
      const path = join(run.folder, name);
      mkdirSync(path);
      if (file !== undefined) writeFileSync(join(path, file), "x");
      return path;
    };
    const odd = await run.run({ SECRETS: folder("odd", "a,src=b") });
    assert.deepEqual(
      [odd.code, odd.err],
      [...[1, '"a,src=b" is no name of a build secret; use letters, digits and "_"\n']],
    );
    const comma = folder("x,y", "A");
    const refused = await run.run({ SECRETS: comma });
    assert.equal(refused.err, `"${comma}" has a comma or a quote in it; mount the build secrets somewhere else\n`);
    const missing = await run.run({ SECRETS: join(run.folder, "none") });
    assert.match(missing.err, /of SECRETS is missing; mount the build secrets\n$/);
    assert.equal(run.args, undefined);
    assert.equal((await run.run({ SECRETS: folder("empty") })).code, 0);
    assert.deepEqual(values("--secret"), []);
  });

  it("hands on no digest that is none, nor one of something else", async () => {
    for (const told of ["", "sha256:", "sha256:xyz", `sha512:${"d".repeat(64)}`, `${digest}d`]) {
      const { code, err } = await run.run({}, { digest: told });
      assert.deepEqual([code, err], [1, "the builder says nothing of the image's digest; look at its version\n"]);
      assert.equal(run.digest, undefined);
    }
  });
});
