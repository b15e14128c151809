import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { BareRepository } from "../support/git/bare-repository";
import { CommitRun, type Variables } from "../support/git/commit-run";
import { shells } from "../support/git/run-script";

const pushed = "1700000000";

describe("program check", () => {
  let repository: BareRepository;
  let run: CommitRun;

  beforeEach(() => {
    repository = new BareRepository();
    run = new CommitRun();
  });

  afterEach(() => {
    repository.remove();
    run.remove();
  });

  const check = (variables: Variables) => run.check({ REPOSITORY: `file://${repository.path}`, ...variables });

  const refuses = async (variables: Variables, sentence: string) => {
    const { code, err } = await check(variables);
    assert.deepEqual({ code, err }, { code: 1, err: `${sentence}\n` });
    assert.equal(run.result("decision"), undefined);
  };

  it("lets the newest commit of the branch be built, and leaves nothing else behind", async () => {
    repository.commit();
    const { code, err } = await check({ COMMIT: repository.commit(), PUSHED: pushed });
    assert.deepEqual([code, err, run.result("decision"), run.result("pushed")], [0, "", "build", pushed]);
    assert.deepEqual(readdirSync(run.scratch), []);
  });

  it("takes a repository by the path of its folder", async () => {
    const COMMIT = repository.commit();
    assert.equal((await check({ COMMIT, REPOSITORY: repository.path, PUSHED: pushed })).code, 0);
    assert.equal(run.result("decision"), "build");
  });

  it("does not build a push that another one followed", async () => {
    const COMMIT = repository.commit();
    const head = repository.commit();
    const { code, out } = await check({ COMMIT, PUSHED: pushed });
    assert.deepEqual([code, out], [0, `${COMMIT} is not built: ${head} was pushed after it\n`]);
    assert.deepEqual([run.result("decision"), run.result("pushed")], ["superseded", pushed]);
  });

  it("builds an older commit that somebody asks for, as of now", async () => {
    const COMMIT = repository.commit();
    repository.commit();
    const before = Math.floor(Date.now() / 1000);
    assert.equal((await check({ COMMIT })).code, 0);
    assert.equal(run.result("decision"), "build");
    const at = Number(run.result("pushed"));
    assert.ok(at >= before && at <= Date.now() / 1000);
  });

  it("builds a push although another followed, if that one touches none of the application's paths", async () => {
    const PATHS = "api/\npackage.json\n";
    const COMMIT = repository.commit({ files: { "api/main.js": "1", "web/main.js": "1" } });
    repository.commit({ files: { "web/main.js": "2", "api.md": "2" } });
    assert.equal((await check({ COMMIT, PATHS, PUSHED: pushed })).code, 0);
    assert.equal(run.result("decision"), "build");
    repository.commit({ files: { "package.json": "3" } });
    assert.equal((await check({ COMMIT, PATHS, PUSHED: pushed })).code, 0);
    assert.equal(run.result("decision"), "superseded");
  });

  it("takes a path for a name, not for a pattern", async () => {
    const COMMIT = repository.commit();
    repository.commit({ files: { "web/main.js": "1" } });
    await check({ COMMIT, PATHS: ":(exclude)nothing\n*\n--\n", PUSHED: pushed });
    assert.equal(run.result("decision"), "build");
  });

  it("needs no more than the newest commit of a server that hands out no part of a history", async () => {
    repository.git("config", "uploadpack.allowFilter", "false");
    const COMMIT = repository.commit();
    repository.commit();
    assert.equal((await check({ COMMIT, PUSHED: pushed })).code, 0);
    assert.equal(run.result("decision"), "superseded");
  });

  it("refuses a commit of another branch, and one that nobody has", async () => {
    const head = repository.commit();
    const other = repository.commit({ branch: "other", onto: head });
    for (const COMMIT of [other, "1".repeat(40)]) {
      const where = `the branch "main" of file://${repository.path}`;
      await refuses({ COMMIT }, `the commit ${COMMIT} is not on ${where}; build its newest one (${head}) instead`);
    }
  });

  it("builds nothing of a commit that a forced push took off the branch; asked for by hand, it is refused", async () => {
    const COMMIT = repository.commit();
    const head = repository.commit({ onto: null });
    const where = `the branch "main" of file://${repository.path}`;
    await refuses({ COMMIT }, `the commit ${COMMIT} is not on ${where}; build its newest one (${head}) instead`);
    const { code, out } = await check({ COMMIT, PUSHED: pushed });
    assert.deepEqual([code, run.result("decision")], [0, "superseded"]);
    assert.match(
      out,
      new RegExp(`^${COMMIT} is not built: it is no longer on the branch "main", whose newest is ${head}$`, "m"),
    );
  });

  it("refuses a branch that is gone, also when another ends like it", async () => {
    const COMMIT = repository.commit();
    repository.commit({ branch: "feature/main", onto: COMMIT });
    repository.git("update-ref", "refs/x/refs/heads/main", COMMIT);
    repository.git("update-ref", "-d", "refs/heads/main");
    await refuses({ COMMIT }, `file://${repository.path} has no branch "main"; push it, or name another in git.branch`);
  });

  it("T06: refuses what is no commit of 40 hexadecimal digits", async () => {
    const head = repository.commit();
    const odd = ["", "main", head.slice(1), `${head}0`, head.toUpperCase().replace(/^./, "A"), `${head.slice(2)}\n1`];
    for (const COMMIT of [...odd, `--${head.slice(2)}`, "${IFS}".repeat(6).slice(0, 40), "é".repeat(20)]) {
      const shown = COMMIT.replaceAll("\n", " ");
      await refuses({ COMMIT }, `"${shown}" is no commit; give the 40 hexadecimal digits of one`);
    }
    const zeros = "0".repeat(40);
    await refuses(
      { COMMIT: zeros },
      `${zeros} stands for no commit: the branch was deleted; give a commit of a branch`,
    );
  });

  it("takes branches with odd names, and refuses what is none", async () => {
    for (const BRANCH of [
      "feature/a+b",
      "weiß/ü-日本",
      "-x",
      "--upload-pack=x",
      "$(touch${IFS}x)",
      "a'b\"c",
      "@",
      "x;y&z",
    ]) {
      const COMMIT = repository.commit({ branch: BRANCH });
      const { code, err } = await check({ BRANCH, COMMIT, PUSHED: pushed });
      assert.deepEqual([code, err, run.result("decision")], [0, "", "build"], BRANCH);
      const older = { BRANCH, COMMIT, PUSHED: pushed };
      repository.commit({ branch: BRANCH });
      assert.equal((await check(older)).code, 0, BRANCH);
      assert.equal(run.result("decision"), "superseded", BRANCH);
    }
  });

  it("refuses what is no name of a branch, no URL and no time", async () => {
    const COMMIT = repository.commit();
    for (const BRANCH of ["", "a..b", "*", "ma?n", "a b", "main:x", "main\nx", "x.lock", "a\\b"])
      await refuses({ COMMIT, BRANCH }, `"${BRANCH.replace("\n", " ")}" is no name of a branch; correct git.branch`);
    for (const REPOSITORY of ["", "-x", "--upload-pack=touch x", "http://a\n/b"])
      await refuses(
        { COMMIT, REPOSITORY },
        `"${REPOSITORY.replace("\n", " ")}" is no URL of a repository; correct git.owner and git.repo`,
      );
    for (const PUSHED of ["now", "1.5", "-1", "1\n2"])
      await refuses(
        { COMMIT, PUSHED },
        `"${PUSHED.replace("\n", " ")}" is no time of a push; give seconds since 1970, or nothing for a build by hand`,
      );
  });

  it("runs nothing that a URL names", async () => {
    const COMMIT = repository.commit();
    const { code, sentence } = await check({ COMMIT, REPOSITORY: `ext::touch ${run.folder}/ran` });
    assert.equal(code, 1);
    assert.match(sentence, /transport 'ext' not allowed/);
    assert.ok(!readdirSync(run.folder).includes("ran"));
  });

  for (const shell of shells)
    it(`does the same in ${shell.name}`, async () => {
      const COMMIT = repository.commit({ files: { "api/a.js": "1" } });
      const head = repository.commit({ files: { "api/a.js": "2" } });
      const REPOSITORY = `file://${repository.path}`;
      const superseded = await run.check({ REPOSITORY, COMMIT, PUSHED: pushed, PATHS: "api" }, shell);
      assert.deepEqual([superseded.code, superseded.err, run.result("decision")], [0, "", "superseded"]);
      const built = await run.check({ REPOSITORY, COMMIT: head, PUSHED: pushed }, shell);
      assert.deepEqual([built.code, built.err, run.result("decision")], [0, "", "build"]);
      const refused = await run.check({ REPOSITORY, COMMIT: "1".repeat(40) }, shell);
      assert.deepEqual([refused.code, refused.err.includes("is not on the branch")], [1, true]);
    });
});
