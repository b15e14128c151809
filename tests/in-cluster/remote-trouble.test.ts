import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync, chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { BareRepository } from "../support/git/bare-repository";
import { CommitRun, type Variables } from "../support/git/commit-run";
import { GitHttpServer } from "../support/git/git-http-server";

describe("programs check and checkout over http", () => {
  let repository: BareRepository;
  let server: GitHttpServer;
  let run: CommitRun;
  let REPOSITORY: string;

  beforeEach(async () => {
    repository = new BareRepository();
    server = new GitHttpServer(repository.folder);
    run = new CommitRun();
    REPOSITORY = `${await server.listen()}/my-api.git`;
  });

  afterEach(async () => {
    await server.close();
    repository.remove();
    run.remove();
  });

  const check = (COMMIT: string, more: Variables = {}) => run.check({ REPOSITORY, COMMIT, PUSHED: "1", ...more });
  const checkout = (COMMIT: string, more: Variables = {}) => run.checkout({ REPOSITORY, COMMIT, ...more });

  it("checks and fetches", async () => {
    const older = repository.commit({ branch: "feature/ü+b", files: { a: "1" } });
    repository.commit({ branch: "feature/ü+b", files: { a: "2" } });
    assert.equal((await check(older, { BRANCH: "feature/ü+b" })).code, 0);
    assert.equal(run.result("decision"), "superseded");
    assert.equal((await checkout(older)).code, 0);
    assert.equal(readFileSync(join(run.workspace, "a"), "utf8"), "1");
  });

  it("asks for one commit only when it is the newest, and fetches one commit only", async () => {
    for (let count = 0; count < 3; count++) repository.commit({ files: { a: `${count}` } });
    const head = repository.head("main");
    assert.equal((await check(head)).code, 0);
    assert.deepEqual(server.asked, [
      "GET /my-api.git/info/refs?service=git-upload-pack",
      "POST /my-api.git/git-upload-pack",
    ]);
  });

  it("goes on after a remote that fails twice", async () => {
    const COMMIT = repository.commit({ files: { a: "1" } });
    server.mishaps.push(503, "cut");
    assert.equal((await check(COMMIT)).code, 0);
    assert.equal(run.result("decision"), "build");
    server.mishaps.push(502, 429);
    assert.equal((await checkout(COMMIT)).code, 0);
    assert.deepEqual(readdirSync(run.workspace), ["a"]);
  });

  it("pauses between tries, each time for longer", async () => {
    const bin = join(run.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "sleep"), `#!/bin/sh\necho "$1" >>"${bin}/slept"\n`);
    chmodSync(join(bin, "sleep"), 0o755);
    server.mishaps.push(503, 503, 503);
    const variables = { REPOSITORY, COMMIT: repository.commit(), PATH: bin, RETRY_PAUSES: "2 5 15" };
    const sh = { name: "sh", command: ["sh"] as const, path: process.env["PATH"] ?? "" };
    assert.equal((await run.check(variables, sh)).code, 0);
    assert.equal(readFileSync(join(bin, "slept"), "utf8"), "2\n5\n15\n");
  });

  it("ends with 75 when the remote stays away, so that the step starts anew", async () => {
    const COMMIT = repository.commit();
    server.mishaps.push(...Array.from({ length: 8 }, () => 503));
    const said = `unable to access '${REPOSITORY}/': The requested URL returned error: 503`;
    const sentence = `${REPOSITORY} cannot be reached now: ${said}; the step starts anew by itself\n`;
    for (const { code, err } of [await check(COMMIT), await checkout(COMMIT)])
      assert.deepEqual({ code, err }, { code: 75, err: sentence });
    assert.equal(server.asked.length, 8);
    assert.equal(run.result("decision"), undefined);
    await server.close();
    const { code, err } = await check(COMMIT);
    assert.equal(code, 75);
    assert.match(err, /Connection refused|Failed to connect/);
  });

  it("does not try twice what will not change", async () => {
    const COMMIT = repository.commit();
    for (const [status, said] of [
      [404, /cannot be read: repository '.*' not found; check that it is there/],
      [401, /cannot be read: Authentication failed for/],
      [403, /cannot be read: .*The requested URL returned error: 403/],
    ] as const) {
      server.asked.length = 0;
      server.mishaps.push(...Array.from({ length: 4 }, () => status));
      const { code, err } = await check(COMMIT);
      assert.equal(code, 1, String(status));
      assert.match(err, said);
      assert.ok(server.asked.length <= 2);
      server.mishaps.length = 0;
    }
  });

  it("fetches the branch from a server that gives no commit by its number", async () => {
    server.protocol = 0;
    const older = repository.commit({ files: { a: "1" } });
    repository.commit({ files: { a: "2" } });
    assert.equal((await checkout(older)).code, 0);
    assert.equal(readFileSync(join(run.workspace, "a"), "utf8"), "1");
    assert.ok(server.asked.filter((line) => line.startsWith("POST")).length >= 1);
  });

  it("says that a commit is gone from a server that gives no commit by its number", async () => {
    server.protocol = 0;
    const gone = repository.commit();
    repository.commit({ onto: null });
    const { code, err } = await checkout(gone);
    assert.equal(code, 1);
    assert.match(err, /^the commit [0-9a-f]{40} is no longer in http/);
    assert.match((await check(gone)).out, /is no longer on the branch "main"/);
  });

  it("shows no password of a URL", async () => {
    const COMMIT = repository.commit();
    const secret = REPOSITORY.replace("//", "//ann:canary-1@");
    const right = await check(COMMIT, { REPOSITORY: secret });
    assert.deepEqual([right.code, right.err], [0, ""]);
    server.mishaps.push(403, 403);
    const wrong = await check(COMMIT, { REPOSITORY: secret });
    assert.equal(wrong.code, 1);
    await server.close();
    const away = await checkout(COMMIT, { REPOSITORY: secret });
    assert.equal(away.code, 75);
    for (const { err, out } of [wrong, away]) assert.doesNotMatch(err + out, /canary-1/);
    assert.ok(!existsSync(join(run.workspace, ".git")));
  });
});
