import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseFile } from "../../model/release-file";
import { GitHttpServer } from "../support/git/git-http-server";
import { commitOf, digestOf, GitOpsRun, someRelease } from "../support/releases/gitops-run";

const newer = { digest: digestOf("b"), commit: commitOf("2"), pushed: someRelease.pushed + 60 };

describe("program release and a repository in trouble", () => {
  let gitOps: GitOpsRun;
  let server: GitHttpServer;
  let address: string;

  beforeEach(async () => {
    gitOps = new GitOpsRun();
    server = new GitHttpServer(gitOps.repository.folder);
    address = await server.listen();
  });

  afterEach(async () => {
    await server.close();
    gitOps.remove();
  });

  const release = (change = {}, variables = {}) =>
    gitOps.release(change, { GITOPS: `${address}/my-api.git`, ...variables });

  /** What the server does before it takes a push; what it writes is shown to who pushes. */
  const beforePush = (...lines: readonly string[]) => {
    const hook = join(gitOps.repository.path, "hooks", "pre-receive");
    writeFileSync(hook, ["#!/bin/sh", `cd '${gitOps.folder}'`, ...lines, ""].join("\n"));
    chmodSync(hook, 0o755);
  };

  for (const mishap of [500, 502, "cut"] as const)
    it(`tries again when the server answers ${mishap} twice`, async () => {
      server.mishaps.push(mishap, mishap);
      const { code, outcome } = await release();
      assert.deepEqual([code, outcome], [0, "released"]);
      assert.equal(gitOps.file(), releaseFile(someRelease));
    });

  it("tries again when the server refuses the push twice", async () => {
    beforePush("echo x >>tries", '[ "$(wc -l <tries)" -gt 2 ]');
    const { code, outcome } = await release();
    assert.deepEqual([code, outcome], [0, "released"]);
    assert.equal(gitOps.subjects.length, 1);
  });

  it("asks to be run again later when the server answers nothing but 500", async () => {
    server.mishaps.push(...Array.from({ length: 50 }, () => 500));
    const { code, outcome, sentence } = await release();
    assert.deepEqual([code, outcome], [75, undefined]);
    assert.match(sentence, /^release of shop\/api: the GitOps repository cannot be written now: .*500/);
    assert.ok(server.asked.length < 20);
  });

  it("builds on what another has pushed in between, and decides anew", async () => {
    const other = `git -C '${gitOps.repository.path}' update-ref refs/heads/main`;
    const path = "apps/shop/api/kustomization.yaml";
    const change = { ...newer, pushed: someRelease.pushed + 120 };
    const files = { [path]: releaseFile({ ...someRelease, ...change }) };
    const foreign = gitOps.repository.commit({ branch: "foreign", onto: gitOps.repository.head("main"), files });
    beforePush("[ -e done ] && exit 0", "touch done", "unset GIT_QUARANTINE_PATH", `${other} ${foreign}`, "exit 0");
    const { code, outcome } = await release();
    assert.deepEqual([code, outcome], [0, "older"]);
    assert.equal(gitOps.repository.head("main"), foreign);
  });

  it("says what it did when the answer to its own push was lost", async () => {
    // The branch is moved by then, and who has pushed does not know it yet.
    const hook = join(gitOps.repository.path, "hooks", "reference-transaction");
    writeFileSync(hook, '#!/bin/sh\n[ "$1" != committed ] || kill -9 $PPID\n');
    chmodSync(hook, 0o755);
    const { code, outcome } = await release();
    assert.deepEqual([code, outcome], [0, "released"]);
    assert.equal(gitOps.subjects.length, 1);
    const looked = server.asked.filter((asked) => asked.endsWith("service=git-upload-pack"));
    assert.ok(looked.length > 1, "the answer was not lost");
  });

  it("gives up at once where another try is of no use, and says why", async () => {
    beforePush("echo 'GH013: Repository rule violations found for refs/heads/main.' >&2", "exit 1");
    const closed = await release();
    assert.equal(closed.code, 1);
    assert.match(closed.sentence, /takes no release: .*GH013: Repository rule violations/);
    const { code, sentence } = await release({}, { GITOPS_BRANCH: "missing" });
    assert.equal(code, 1);
    assert.match(sentence, /couldn't find remote ref refs\/heads\/missing/);
    const gone = await release({}, { GITOPS: `${address}/gone.git` });
    assert.equal(gone.code, 1);
  });

  it("T32: releases into a branch that takes neither force nor deletion", async () => {
    for (const key of ["receive.denyNonFastForwards", "receive.denyDeletes"])
      gitOps.repository.git("config", key, "true");
    await release();
    const { code, outcome } = await release(newer);
    assert.deepEqual([code, outcome, gitOps.subjects.length], [0, "released", 2]);
  });

  it("never overwrites: a history that was rewritten in between stays", async () => {
    await release();
    const onto = gitOps.repository.git("rev-list", "--max-parents=0", "main");
    const rewritten = gitOps.repository.commit({ onto, files: { "README.md": "anew\n" } });
    const { code, outcome } = await release(newer);
    assert.deepEqual([code, outcome], [0, "released"]);
    assert.equal(gitOps.repository.git("rev-parse", "main^"), rewritten);
  });
});
