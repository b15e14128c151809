import assert from "node:assert/strict";
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BareRepository } from "../support/git/bare-repository";
import { CommitRun, type Variables } from "../support/git/commit-run";
import { shells } from "../support/git/run-script";

describe("program checkout", () => {
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

  const checkout = (variables: Variables) => run.checkout({ REPOSITORY: `file://${repository.path}`, ...variables });
  const text = (path: string) => readFileSync(join(run.workspace, path), "utf8");
  const mode = (path: string) => statSync(join(run.workspace, path)).mode & 0o777;

  for (const shell of shells)
    it(`puts the files of exactly that commit into place, and nothing else, in ${shell.name}`, async () => {
      const files = { Dockerfile: "FROM scratch\n", "api/main.js": "1\n", run: { program: "#!/bin/sh\n" } };
      const COMMIT = repository.commit({ files });
      repository.commit({ files: { "api/main.js": "2\n", later: "" } });
      const REPOSITORY = `file://${repository.path}`;
      const { code, out, err } = await run.checkout({ REPOSITORY, COMMIT }, shell);
      assert.deepEqual({ code, out, err }, { code: 0, out: `${COMMIT} is in place\n`, err: "" });
      assert.deepEqual(readdirSync(run.workspace).sort(), ["Dockerfile", "api", "run"]);
      assert.equal(text("api/main.js"), "1\n");
      assert.deepEqual(readdirSync(run.scratch), []);
    });

  it("lets everybody read the files", async () => {
    chmodSync(run.workspace, 0o777);
    const COMMIT = repository.commit({ files: { "api/main.js": "", run: { program: "" } } });
    assert.equal((await checkout({ COMMIT })).code, 0);
    assert.deepEqual([mode("api"), mode("api/main.js"), mode("run"), mode(".")], [0o755, 0o644, 0o755, 0o777]);
  });

  it("keeps a link a link", async () => {
    const COMMIT = repository.commit({ files: { a: "1", passwd: { link: "/etc/passwd" }, up: { link: "../.." } } });
    assert.equal((await checkout({ COMMIT })).code, 0);
    for (const name of ["passwd", "up"]) assert.ok(lstatSync(join(run.workspace, name)).isSymbolicLink());
  });

  it("takes a commit that a forced push took off the branch since, while the server has it", async () => {
    const COMMIT = repository.commit({ files: { a: "old" } });
    repository.commit({ onto: null });
    assert.equal((await checkout({ COMMIT })).code, 0);
    assert.equal(text("a"), "old");
  });

  it("says that a commit is gone for good", async () => {
    const COMMIT = "1".repeat(40);
    repository.commit();
    const { code, err } = await checkout({ COMMIT });
    const sentence = `the commit ${COMMIT} is no longer in file://${repository.path}; build the newest commit of "main" instead`;
    assert.deepEqual([code, err], [1, `${sentence}\n`]);
    assert.deepEqual(readdirSync(run.workspace), []);
  });

  it("takes nothing that is no commit itself", async () => {
    const head = repository.commit();
    repository.git("-c", "user.name=a", "-c", "user.email=a@example.com", "tag", "-a", "-m", "one", "v1", head);
    for (const COMMIT of [repository.git("rev-parse", "v1"), repository.git("rev-parse", `${head}^{tree}`)])
      assert.match((await checkout({ COMMIT })).err, /is no longer in/);
  });

  it("needs an empty folder", async () => {
    const COMMIT = repository.commit();
    writeFileSync(join(run.workspace, ".hidden"), "");
    const { err } = await checkout({ COMMIT });
    assert.equal(err, `the folder "${run.workspace}" of WORKSPACE is not empty; mount an empty one\n`);
    const other = await checkout({ COMMIT, WORKSPACE: `${run.folder}/none` });
    assert.equal(other.err, `the folder "${run.folder}/none" of WORKSPACE is missing; mount one\n`);
  });

  it("says that submodules and files of Git LFS are not fetched", async () => {
    const head = repository.commit();
    const sub = {
      lib: { submodule: head },
      ".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = https://x.invalid\n',
    };
    const lfs = { "art/.gitattributes": "*.psd filter=lfs diff=lfs merge=lfs -text\n", "art/a.psd": "version x\n" };
    const { code, err } = await checkout({ COMMIT: repository.commit({ files: { ...sub, ...lfs } }) });
    const told = [
      "submodules stay empty: they are not fetched",
      "files of Git LFS stay pointers: they are not fetched",
    ];
    assert.deepEqual([code, err], [0, `${told.join("\n")}\n`]);
    assert.deepEqual([readdirSync(join(run.workspace, "lib")), text("art/a.psd")], [[], "version x\n"]);
  });
});
