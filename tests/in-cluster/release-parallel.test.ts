import assert from "node:assert/strict";
import { GitHttpServer } from "../support/git/git-http-server";
import { describeWithSsh, SshServer } from "../support/git/ssh-server";
import { digestOf, GitOpsRun, type Released, someRelease } from "../support/releases/gitops-run";

const count = 20;
const applications = Array.from({ length: count }, (_, index) => `app-${index}`);

/** A digest and a commit of its own for each. */
const imageOf = (index: number) => {
  const hex = (index + 16).toString(16);
  return { digest: `sha256:${hex.repeat(32)}`, commit: hex.repeat(20), pushed: someRelease.pushed + index };
};

describe("program release, many at once", () => {
  let gitOps: GitOpsRun;

  beforeEach(() => {
    const files = applications.map((name): [string, string] => [
      `apps/shop/${name}/application.yaml`,
      "kind: Deployment\n",
    ]);
    gitOps = new GitOpsRun(Object.fromEntries(files));
  });

  afterEach(() => {
    gitOps.remove();
  });

  /** Every application is released once, by releasers that know nothing of each other. */
  const releaseAll = (variables: Readonly<Record<string, string>> = {}) =>
    Promise.all(
      applications.map((application, index) => gitOps.release({ ...imageOf(index), application }, variables)),
    );

  const noneIsLost = (ended: readonly Released[]) => {
    const failed = ended.filter(({ code, outcome }) => code !== 0 || outcome !== "released");
    assert.deepEqual(failed, []);
    assert.equal(gitOps.subjects.length, count);
    assert.deepEqual(gitOps.changed, applications.map((name) => `apps/shop/${name}/kustomization.yaml`).sort());
    for (const [index, name] of applications.entries())
      assert.ok(gitOps.file(name).includes(`digest: ${imageOf(index).digest}\n`), name);
  };

  it("T30: loses none of 20 releases from separate clones, by a file's address", async () => {
    noneIsLost(await releaseAll());
  }).timeout(120_000);

  it("T30: loses none of 20 releases from separate clones, by http", async () => {
    const server = new GitHttpServer(gitOps.repository.folder);
    const address = await server.listen();
    try {
      noneIsLost(await releaseAll({ GITOPS: `${address}/my-api.git` }));
    } finally {
      await server.close();
    }
  }).timeout(180_000);

  it("T30: keeps the newest of 20 releases of one application, whichever comes last", async () => {
    const order = applications.map((_, index) => (index * 7) % count);
    const ended = await Promise.all(order.map((index) => gitOps.release(imageOf(index))));
    assert.ok(ended.every(({ code, outcome }) => code === 0 && ["released", "older"].includes(outcome ?? "")));
    assert.ok(gitOps.file().includes(`digest: ${imageOf(count - 1).digest}\n`));
    assert.deepEqual(gitOps.changed, ["apps/shop/api/kustomization.yaml"]);
    const pushes = gitOps.repository.git("log", "--reverse", "--format=%s", "--min-parents=1", "main").split("\n");
    assert.equal(pushes.length, ended.filter(({ outcome }) => outcome === "released").length);
  }).timeout(120_000);
});

describeWithSsh("program release over ssh", () => {
  const gitOps = new GitOpsRun();
  let server: SshServer;

  before(async () => {
    server = await SshServer.start();
  });

  after(async () => {
    gitOps.remove();
    await server.stop();
  });

  it("T31: writes with the key that it is given, and with no other", async () => {
    const { address, keyFile, knownHostsFile } = server;
    const variables = { GITOPS: `${address}${gitOps.repository.path}`, KNOWN_HOSTS_FILE: knownHostsFile };
    const stranger = await gitOps.release({}, { ...variables, SSH_KEY_FILE: server.strangerKey() });
    assert.equal(stranger.code, 1);
    assert.match(stranger.sentence, /the GitOps repository takes no release: .*Permission denied/);
    const { code, outcome } = await gitOps.release({}, { ...variables, SSH_KEY_FILE: keyFile });
    assert.deepEqual([code, outcome], [0, "released"]);
    assert.ok(gitOps.file().includes(digestOf("a")));
  });

  it("believes no server whose key it does not know", async () => {
    const { address, keyFile } = server;
    const variables = { GITOPS: `${address}${gitOps.repository.path}`, KNOWN_HOSTS_FILE: "/dev/null" };
    const { code, sentence } = await gitOps.release({}, { ...variables, SSH_KEY_FILE: keyFile });
    assert.equal(code, 1);
    assert.match(sentence, /Host key verification failed/);
  });
});
