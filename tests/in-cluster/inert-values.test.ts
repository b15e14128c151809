import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { BareRepository } from "../support/git/bare-repository";
import { CommitRun } from "../support/git/commit-run";
import { sshStandIn } from "../support/git/ssh-stand-in";
import { argument, ImageRun } from "../support/image/image-run";

/** What a line of a shell, a command or a path would take for something else than text. */
const pieces = fc.constantFrom(
  ...["'", '"', "\\", "\n", "\r", "\t", " ", "$", "`", ";", "&&", "|", ">ran", "<", "*", "?", "#", "~", "!", "%s", "ü"],
  ...["$(touch ran)", "`touch ran`", ";touch ran;", "$IFS", "${PATH}", "../", "../../", "/", "--", "-", "-o", "=", ","],
  ...[
    "--upload-pack=touch ran",
    "ext::touch% ran",
    "@{-1}",
    ":",
    "refs/heads/",
    "END",
    "\nEND\n",
    "x}",
    "x",
    "{{",
    "0",
  ],
);
const text = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));

/** Variables of which some are odd. */
function odd(names: readonly string[]) {
  return fc
    .dictionary(fc.constantFrom(...names), text, { minKeys: 1, maxKeys: 3 })
    .map((values) => Object.fromEntries(Object.entries(values)));
}

describe("values of a payload", () => {
  const parameters = { numRuns: 30 };

  it("are text to check and checkout, whatever stands in them", async () => {
    const repository = new BareRepository();
    const COMMIT = repository.commit();
    const names = ["REPOSITORY", "BRANCH", "COMMIT", "PUSHED", "PATHS", "SSH_KEY_FILE", "KNOWN_HOSTS_FILE"];
    const usual = { REPOSITORY: `file://${repository.path}`, COMMIT, RETRY_PAUSES: "" };
    const property = fc.asyncProperty(odd(names), async (values) => {
      const run = new CommitRun();
      // With it, what git asks of another machine is run on this one, by a shell as there.
      const variables = { ...usual, HOME: run.folder, PATH: sshStandIn(run.folder), ...values };
      const ended = await Promise.all([run.check(variables), run.checkout(variables)]);
      for (const { code, err } of ended) {
        assert.ok(code === 0 || code === 1 || code === 75, `${code ?? "killed"}: ${err}`);
        assert.equal(err === "", code === 0);
      }
      assert.deepEqual(readdirSync(run.folder).sort(), ["results", "scratch", "ssh-bin", "workspace"]);
      assert.deepEqual(readdirSync(run.scratch), []);
      if (ended[1].code === 0) assert.deepEqual(readdirSync(run.workspace), ["a.txt"]);
      run.remove();
    });
    await fc.assert(property, parameters);
    repository.remove();
  });

  for (const builder of ["buildkit", "kaniko"] as const)
    it(`are text to what builds by ${builder}, whatever stands in them`, async () => {
      const names = ["CONTEXT", "DOCKERFILE", "TARGET", "IMAGE", "TAG", "MOVING_TAG", "CACHE", "SOURCE", "PLATFORMS"];
      const property = fc.asyncProperty(odd([...names, "SECRETS", "BUILD_ARGUMENTS"]), text, async (values, value) => {
        const run = new ImageRun(builder);
        const { code, err } = await run.run({ BUILD_ARGUMENTS: argument("A", value), ...values });
        assert.ok(code === 0 || code === 1, `${code ?? "killed"}: ${err}`);
        assert.equal(err === "", code === 0);
        assert.equal(run.args === undefined, code !== 0);
        const start = builder === "kaniko" ? "--build-arg=" : "build-arg:";
        if (run.args && !("BUILD_ARGUMENTS" in values)) assert.ok(run.args.includes(`${start}A=${value}`));
        if (run.args && "TARGET" in values)
          assert.ok(run.args.includes(`${builder === "kaniko" ? "--" : ""}target=${values["TARGET"] ?? ""}`));
        assert.deepEqual(readdirSync(run.folder).sort(), ["bin", "results", "scratch", "workspace"]);
        assert.deepEqual(readdirSync(run.workspace), ["Dockerfile"]);
        assert.deepEqual(readdirSync(run.scratch), []);
        assert.deepEqual(readdirSync(run.results), code === 0 ? ["digest"] : []);
        run.remove();
      });
      await fc.assert(property, parameters);
    });
});
