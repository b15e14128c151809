import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BareRepository } from "../support/git/bare-repository";
import { CommitRun } from "../support/git/commit-run";
import { describeWithSsh, SshServer } from "../support/git/ssh-server";
import { sshStandIn } from "../support/git/ssh-stand-in";

describe("programs check and checkout over ssh", () => {
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

  const file = (name: string, text: string) => {
    writeFileSync(join(run.folder, name), text);
    return join(run.folder, name);
  };

  it("gives ssh the one key and the one list of hosts, and nothing else that it could use", async () => {
    const bin = sshStandIn(run.folder);
    const SSH_KEY_FILE = file("a key", "canary-key");
    const KNOWN_HOSTS_FILE = file("known hosts", "canary-host");
    const REPOSITORY = `ssh://git@example.com${repository.path}`;
    const variables = { PATH: bin, SSH_KEY_FILE, KNOWN_HOSTS_FILE, REPOSITORY, COMMIT: repository.commit() };
    const checked = await run.check(variables);
    assert.deepEqual([checked.code, checked.err, run.result("decision")], [0, "", "build"]);
    assert.equal((await run.checkout(variables)).code, 0);
    const config = readFileSync(join(bin, "config"), "utf8");
    for (const line of [
      "StrictHostKeyChecking yes",
      "IdentitiesOnly yes",
      "BatchMode yes",
      "GlobalKnownHostsFile /dev/null",
    ])
      assert.ok(config.split("\n").includes(line), line);
    assert.match(config, /^IdentityFile ".*\/key"\nUserKnownHostsFile ".*\/hosts"\n/);
    const args = readFileSync(join(bin, "args"), "utf8").split("\n");
    assert.deepEqual([args[0], args.includes("git@example.com")], ["-F", true]);
  });

  it("gives ssh no options without a key", async () => {
    const bin = sshStandIn(run.folder);
    const REPOSITORY = `git@example.com:${repository.path}`;
    assert.equal((await run.check({ PATH: bin, REPOSITORY, COMMIT: repository.commit() })).code, 0);
    assert.ok(!existsSync(join(bin, "config")));
  });

  it("refuses a key without hosts, and files that are missing or empty", async () => {
    const given = { REPOSITORY: `file://${repository.path}`, COMMIT: repository.commit() };
    const [key, hosts] = [file("key", "k"), file("hosts", "h")];
    const sentence = (variables: Record<string, string>) =>
      run.check({ ...given, ...variables }).then(({ code, err }) => [code, err]);
    const pair = "SSH_KEY_FILE and KNOWN_HOSTS_FILE belong together; set both or none\n";
    assert.deepEqual(await sentence({ SSH_KEY_FILE: key }), [1, pair]);
    assert.deepEqual(await sentence({ KNOWN_HOSTS_FILE: hosts }), [1, pair]);
    const unreadable = (name: string) =>
      `the file "${name}" cannot be read or is empty; look at the deploy key's Secret and the known hosts\n`;
    const missing = join(run.folder, "missing");
    assert.deepEqual(await sentence({ SSH_KEY_FILE: missing, KNOWN_HOSTS_FILE: hosts }), [1, unreadable(missing)]);
    const empty = file("empty", "");
    assert.deepEqual(await sentence({ SSH_KEY_FILE: key, KNOWN_HOSTS_FILE: empty }), [1, unreadable(empty)]);
  });

  it("lets no URL hand ssh an option", async () => {
    const bin = sshStandIn(run.folder);
    const mark = join(run.folder, "ran");
    for (const REPOSITORY of [`ssh://-oProxyCommand=touch%20${mark}/x`, `-oProxyCommand=touch ${mark}:x`])
      assert.equal((await run.check({ PATH: bin, REPOSITORY, COMMIT: repository.commit() })).code, 1);
    assert.deepEqual([existsSync(mark), existsSync(join(bin, "args"))], [false, false]);
  });

  describeWithSsh("with the server of OpenSSH", () => {
    let server: SshServer;

    before(async () => {
      server = await SshServer.start();
    });

    after(() => server.stop());

    const variables = (more: Record<string, string> = {}) => ({
      REPOSITORY: `${server.address}${repository.path}`,
      SSH_KEY_FILE: server.keyFile,
      KNOWN_HOSTS_FILE: server.knownHostsFile,
      ...more,
    });

    it("checks and fetches, also with a key that others may read and whose last line has no end", async () => {
      const older = repository.commit({ files: { a: "1" } });
      const SSH_KEY_FILE = file("key", readFileSync(server.keyFile, "utf8").trimEnd());
      chmodSync(SSH_KEY_FILE, 0o444);
      repository.commit();
      const checked = await run.check(variables({ COMMIT: older, PUSHED: "1", SSH_KEY_FILE }));
      assert.deepEqual([checked.code, checked.err, run.result("decision")], [0, "", "superseded"]);
      const fetched = await run.checkout(variables({ COMMIT: older, SSH_KEY_FILE }));
      assert.deepEqual([fetched.code, fetched.err], [0, ""]);
      assert.equal(readFileSync(join(run.workspace, "a"), "utf8"), "1");
    });

    it("refuses another server, and says so of another key", async () => {
      const COMMIT = repository.commit();
      const KNOWN_HOSTS_FILE = file("hosts", readFileSync(server.knownHostsFile, "utf8").replace("127", "126"));
      const other = await run.check(variables({ COMMIT, KNOWN_HOSTS_FILE }));
      assert.equal(other.code, 1);
      assert.match(other.err, /cannot be read: .*(host key|Host key)/);
      const stranger = await run.check(variables({ COMMIT, SSH_KEY_FILE: server.strangerKey() }));
      assert.equal(stranger.code, 1);
      assert.match(stranger.err, /cannot be read: .*Permission denied \(publickey\)/);
    });

    it("says that a repository is missing, and waits for a server that does not listen", async () => {
      const COMMIT = repository.commit();
      const gone = await run.check(variables({ COMMIT, REPOSITORY: `${server.address}/nowhere.git` }));
      assert.equal(gone.code, 1);
      assert.match(gone.err, /cannot be read: .*does not appear to be a git repository/);
      const away = await run.check(variables({ COMMIT, REPOSITORY: "ssh://git@127.0.0.1:1/x.git" }));
      assert.equal(away.code, 75);
      assert.match(away.err, /cannot be reached now: ssh: connect to host 127.0.0.1 port 1: Connection refused/);
    });
  });
});
