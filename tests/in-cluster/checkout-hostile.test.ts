import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BareRepository } from "../support/git/bare-repository";
import { CommitRun } from "../support/git/commit-run";

describe("program checkout and a hostile repository", () => {
  let repository: BareRepository;
  let run: CommitRun;
  /** Made by whatever is run that must not be. */
  let mark: string;

  beforeEach(() => {
    repository = new BareRepository();
    run = new CommitRun();
    mark = join(run.folder, "ran");
  });

  afterEach(() => {
    repository.remove();
    run.remove();
  });

  const checkout = (COMMIT: string, more = {}) =>
    run.checkout({ REPOSITORY: `file://${repository.path}`, COMMIT, ...more });

  it("runs no filter, no hook and no configuration that files ask for", async () => {
    const touch = `touch ${mark}`;
    const config = `[core]\n\tfsmonitor = ${touch}\n\tsshCommand = ${touch}\n\thooksPath = hooks\n[filter "x"]\n\tsmudge = ${touch}\n`;
    const hook = { program: `#!/bin/sh\n${touch}\n` };
    const files = {
      ".gitattributes": "* filter=x diff=x merge=x\n",
      ".gitconfig": config,
      config: config,
      "hooks/post-checkout": hook,
      "sub/HEAD": "ref: refs/heads/main\n",
      "sub/config": config,
      "sub/hooks/post-checkout": hook,
      "sub/objects/.keep": "",
      "sub/refs/.keep": "",
    };
    const { code, err } = await checkout(repository.commit({ files }));
    assert.deepEqual([code, err], [0, ""]);
    assert.equal(readFileSync(join(run.workspace, "sub/config"), "utf8"), config);
    assert.ok(!existsSync(mark));
  });

  it("runs no configuration of the person that it runs as", async () => {
    const home = join(run.folder, "home");
    mkdirSync(home);
    const config = `[filter "x"]\n\tsmudge = touch ${mark}; cat\n[core]\n\thooksPath = ${home}\n`;
    writeFileSync(join(home, ".gitconfig"), config);
    writeFileSync(join(home, "post-checkout"), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    const COMMIT = repository.commit({ files: { ".gitattributes": "* filter=x\n", a: "1" } });
    const { code } = await checkout(COMMIT, { HOME: home, XDG_CONFIG_HOME: home });
    assert.deepEqual([code, existsSync(mark)], [0, false]);
    // The same configuration does run where git reads it.
    const clone = join(run.folder, "clone");
    const env = { ...process.env, HOME: home };
    execFileSync("git", ["clone", "--quiet", repository.path, clone], { env, stdio: "ignore" });
    assert.ok(existsSync(mark));
  });

  it("writes files whose names look like options", async () => {
    const names = ["--upload-pack=x", "-rf", "$(touch ran)", "a;b", "a\nb", "..a", "ü"];
    const files = Object.fromEntries(names.map((name) => [name, name]));
    assert.equal((await checkout(repository.commit({ files }))).code, 0);
    assert.deepEqual(readdirSync(run.workspace).sort(), [...names].sort());
  });

  it("writes through no link that leads out of the folder", async () => {
    const outside = join(run.folder, "outside");
    mkdirSync(outside);
    const blob = repository.blob("from the repository");
    const link = repository.blob(outside);
    const tree = repository.commitTree([`100644 blob ${blob}\tfile`], "inner");
    const inner = repository.git("rev-parse", `${tree}^{tree}`);
    const entries = [`120000 blob ${link}\tdir`, `040000 tree ${inner}\tdir`];
    await checkout(repository.commitTree(entries, "main"));
    assert.deepEqual(readdirSync(outside), []);
  });

  for (const name of [".git", ".GIT", "git~1", ".git ", "..", "."])
    it(`writes nothing for a folder ${JSON.stringify(name)} with a configuration`, async () => {
      const config = repository.commit({ branch: "inner", files: { config: `[core]\n\tfsmonitor = touch ${mark}\n` } });
      const inner = repository.git("rev-parse", `${config}^{tree}`);
      const { code, sentence } = await checkout(repository.commitTree([`040000 tree ${inner}\t${name}`], "main"));
      assert.equal(code, 1);
      assert.match(sentence, /^the files of [0-9a-f]{40} cannot be written: .*; remove what git refuses, or give/);
      assert.deepEqual(readdirSync(run.workspace), []);
      assert.deepEqual(readdirSync(run.folder).sort(), ["results", "scratch", "workspace"]);
    });

  it("leaves neither the key, nor the URL, nor git's folder behind", async () => {
    const [key, hosts] = [join(run.folder, "key"), join(run.folder, "hosts")];
    writeFileSync(key, "canary-key");
    writeFileSync(hosts, "canary-host");
    const files = { SSH_KEY_FILE: key, KNOWN_HOSTS_FILE: hosts };
    const COMMIT = repository.commit({ files: { a: "1", passwd: { link: "/etc/passwd" } } });
    assert.equal((await checkout(COMMIT, files)).code, 0);
    assert.deepEqual(readdirSync(run.workspace).sort(), ["a", "passwd"]);
    assert.deepEqual([readdirSync(run.scratch), readdirSync(run.results)], [[], []]);
    assert.ok(lstatSync(join(run.workspace, "a")).isFile());
  });
});
