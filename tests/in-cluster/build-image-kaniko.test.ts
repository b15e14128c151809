import assert from "node:assert/strict";
import { readdirSync, realpathSync } from "node:fs";
import { argument, commit, digest, ImageRun } from "../support/image/image-run";
import { shells } from "../support/git/run-script";

const image = "harbor.example.com/shop/api";

describe("program build-image-kaniko", () => {
  let run: ImageRun;

  beforeEach(() => {
    run = new ImageRun("kaniko");
  });

  afterEach(() => {
    run.remove();
  });

  const args = () => (run.args ?? []).filter((arg) => !arg.startsWith("--digest-file="));

  for (const shell of shells)
    it(`builds, pushes and hands the digest on, in ${shell.name}`, async () => {
      const { code, err } = await run.run({}, { says: "INFO[0001] building\n" }, shell);
      assert.deepEqual([code, err, run.digest], [0, "INFO[0001] building\n", digest]);
      const sources = realpathSync(run.workspace);
      assert.deepEqual(args(), [
        `--context=dir://${sources}`,
        `--dockerfile=${sources}/Dockerfile`,
        `--destination=${image}:${commit}`,
        "--cache=true",
        `--cache-repo=${image}/cache`,
        "--skip-unused-stages=true",
        "--push-retry=2",
        "--image-download-retry=2",
        `--label=org.opencontainers.image.revision=${commit}`,
        "--label=org.opencontainers.image.source=https://github.com/myorg/my-api",
      ]);
      assert.deepEqual(readdirSync(run.results), ["digest"]);
    });

  it("pushes a moving tag as well, for one platform and a stage", async () => {
    await run.run({ MOVING_TAG: "latest-main", PLATFORMS: "linux/arm64", TARGET: "production" });
    const added = [`--destination=${image}:latest-main`, "--target=production", "--custom-platform=linux/arm64"];
    assert.deepEqual(args().slice(-3), added);
  });

  it("hands every value on as one argument, whatever stands in it", async () => {
    const odd = ["", " ", "a b", "--destination=x", "$(touch x)", "`id`", "'\"\\", "a\nb\n\n", "x=y", "ü", "a,b"];
    const BUILD_ARGUMENTS = odd.map((value, index) => argument(`A${index}`, value)).join("");
    await run.run({ BUILD_ARGUMENTS, TARGET: "--$(x) y\nz" });
    assert.deepEqual(
      args().slice(-odd.length),
      odd.map((value, index) => `--build-arg=A${index}=${value}`),
    );
    assert.ok(args().includes("--target=--$(x) y\nz"));
  });

  it("keeps its files where kaniko leaves them between stages", async () => {
    await run.run();
    const file = (run.args ?? []).find((arg) => arg.startsWith("--digest-file="));
    assert.ok(file?.startsWith(`--digest-file=${run.results}/`));
    assert.deepEqual(readdirSync(run.scratch), []);
  });

  it("refuses what kaniko cannot do", async () => {
    const secrets = await run.run({ SECRETS: run.scratch });
    const platforms = await run.run({ PLATFORMS: "linux/amd64,linux/arm64" });
    assert.deepEqual(
      [secrets.code, secrets.err, platforms.code, platforms.err, run.args],
      [
        1,
        "kaniko has no secret mounts; remove build.secrets, or set build.builder to buildkit\n",
        1,
        "kaniko builds for one platform, not for linux/amd64,linux/arm64; name one, or set build.builder to buildkit\n",
        undefined,
      ],
    );
  });

  it("never hands on the exit code of a command of the Dockerfile", async () => {
    const says =
      "error building image: error building stage: failed to execute command: waiting for process to exit: exit status 75\n";
    assert.equal((await run.run({}, { code: 75, says })).code, 1);
  });
});
