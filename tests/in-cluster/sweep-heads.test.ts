import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SweptApplication } from "../../plan/projects/builds/sweep-list";
import { findHeads, foundIn, sweepFolder } from "../support/sweep/run-sweep";
import { shells } from "../support/sweep/shells";
import { sshStandIn } from "../support/sweep/ssh-stand-in";
import { SourceRepository } from "../support/sweep/source-repository";

for (const shell of shells) {
  describe(`program sweep-heads by ${shell.join(" ")}`, () => {
    let source: SourceRepository;
    const folders: string[] = [];

    beforeEach(() => {
      source = new SourceRepository();
    });

    afterEach(() => {
      source.remove();
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    });

    const wanted = (given: Partial<SweptApplication> = {}): SweptApplication => ({
      ...{ application: "api", key: "myorg.my-api", address: source.address, repository: "myorg/my-api" },
      ...{ endpoint: "/push/shop/myorg/my-api", image: "shop/api", branch: "main", paths: [] },
      ...given,
    });

    const find = async (applications: readonly SweptApplication[], env?: NodeJS.ProcessEnv) => {
      const folder = sweepFolder(applications);
      folders.push(folder);
      const run = await findHeads(folder, { shell, ...(env ? { env } : {}) });
      return { folder, run, found: foundIn(folder) };
    };

    it("finds the newest commit of a branch, and when it asked", async () => {
      source.commit({ "a.txt": "1" });
      const head = source.commit({ "a.txt": "2" });
      source.push();
      const before = Math.floor(Date.now() / 1000);
      const { folder, run, found } = await find([wanted()]);
      assert.deepEqual([run.code, run.err], [0, ""]);
      assert.deepEqual(found, [["api", "commits", head, head]]);
      const asked = Number(readFileSync(join(folder, "work", "asked"), "utf8"));
      assert.ok(asked >= before && asked <= Date.now() / 1000);
    });

    it("takes a branch for itself and not for one that ends in its name", async () => {
      source.commit({ "a.txt": "1" });
      source.push("feature/main");
      source.push("main2");
      assert.deepEqual((await find([wanted()])).found, [["api", "no-branch"]]);
    });

    it("says that the branch is gone, or the repository still empty", async () => {
      const { run, found } = await find([wanted()]);
      assert.deepEqual([run.code, found], [0, [["api", "no-branch"]]]);
    });

    it("goes on when one repository cannot be reached, and asks it once", async () => {
      const head = source.commit({ "a.txt": "1" });
      source.push();
      const away = { key: "myorg.away", address: "file:///nowhere.git" };
      const { run, found } = await find([
        wanted({ application: "one", ...away }),
        wanted({ application: "two", ...away, paths: ["a"] }),
        wanted(),
      ]);
      assert.equal(run.code, 0);
      assert.deepEqual(found, [
        ["one", "unreachable"],
        ["two", "unreachable"],
        ["api", "commits", head, head],
      ]);
      assert.equal(run.err.match(/nowhere/g)?.length, 1);
    });

    it("finds all commits of one content of the paths, back to the one that made it", async () => {
      source.commit({ "api/a.txt": "1", "web/a.txt": "1" });
      const touched = source.commit({ "api/a.txt": "2" });
      const since = source.commit({ "web/a.txt": "2", "api.md": "not in the folder" });
      const head = source.commit({ "docs/a.txt": "1" });
      source.push();
      const { found } = await find([
        wanted({ paths: ["api/"] }),
        wanted({ application: "docs", paths: ["README.md", "docs"] }),
        wanted({ application: "web", paths: ["web/", "nothing/"] }),
        wanted({ application: "mobile", paths: ["mobile/"] }),
      ]);
      assert.deepEqual(found, [
        ["api", "commits", head, `${head} ${since} ${touched}`],
        ["docs", "commits", head, head],
        ["web", "commits", head, `${head} ${since}`],
        ["mobile", "no-change"],
      ]);
    });

    it("follows a merge to the commit that made the content", async () => {
      source.commit({ "api/a.txt": "1" });
      source.git("checkout", "--quiet", "-b", "feature");
      const touched = source.commit({ "api/a.txt": "2" });
      source.git("checkout", "--quiet", "main");
      source.commit({ "web/a.txt": "1" });
      source.git("merge", "--quiet", "--no-ff", "--message", "a merge", "feature");
      const head = source.git("rev-parse", "HEAD");
      source.push();
      const { found } = await find([wanted({ paths: ["api/"] })]);
      assert.deepEqual(found, [["api", "commits", head, `${head} ${touched}`]]);
    });

    it("fetches more of a long history until it has what it needs", async () => {
      const first = source.commit({ "api/a.txt": "1" });
      source.commitMany(30, "web/a.txt");
      const middle = source.commit({ "ios/a.txt": "1" });
      source.commitMany(1100, "web/a.txt");
      const head = source.commit({ "web/b.txt": "1" });
      source.push();
      const web = await find([wanted({ paths: ["web/b.txt"] })]);
      assert.deepEqual(web.found, [["api", "commits", head, head]]);
      const { found } = await find([wanted({ paths: ["api/"] }), wanted({ application: "ios", paths: ["ios"] })]);
      const commits = found.map(([, , , list = ""]) => list.split(" "));
      assert.deepEqual(
        commits.map((list) => [list[0], list.at(-1), list.length]),
        [
          [head, first, 1133],
          [head, middle, 1102],
        ],
      );
    });

    it("keeps names for names: what looks like a command, an option or a pattern is none", async () => {
      const branches = [
        "$(touch${IFS}hit)",
        "`touch${IFS}hit`",
        ";touch${IFS}hit;",
        "'\"x",
        "--upload-pack=touch",
        "é&|<>!#%",
      ];
      const head = source.commit({ "api/a.txt": "1" });
      for (const branch of branches.slice(0, 4)) source.push(branch);
      source.git("push", "--quiet", source.path, `HEAD:refs/heads/${branches[4]}`, `HEAD:refs/heads/${branches[5]}`);
      const { run, found, folder } = await find(
        branches.flatMap((branch, index) => [
          wanted({ application: `a${index}`, branch }),
          wanted({ application: `p${index}`, branch, paths: ["api/", "+x", "a@b"] }),
        ]),
      );
      assert.deepEqual([run.code, run.err], [0, ""]);
      assert.deepEqual(
        found,
        branches.flatMap((_, index) => [
          [`a${index}`, "commits", head, head],
          [`p${index}`, "commits", head, head],
        ]),
      );
      assert.ok(!existsSync(join(folder, "work", "hit")) && !existsSync("hit"));
    });

    it("looks at 30 applications of one repository with one question", async () => {
      const head = source.commit({ "a.txt": "1" });
      source.push();
      const many = Array.from({ length: 30 }, (_, index) => wanted({ application: `app-${index}` }));
      const { found } = await find(many);
      assert.deepEqual(
        found,
        many.map(({ application }) => [application, "commits", head, head]),
      );
    });

    it("T31: shows ssh the key of the one repository and the known hosts, and leaves neither behind", async () => {
      const head = source.commit({ "a.txt": "1" });
      source.push();
      const ssh = sshStandIn(source.folder);
      const address = `ssh://git@github.com${source.path}`;
      const { run, found, folder } = await find([wanted({ address })], { PATH: ssh.path });
      assert.deepEqual([run.err, found], ["", [["api", "commits", head, head]]]);
      const said = readFileSync(ssh.log, "utf8").split("\n");
      for (const option of ["BatchMode yes", "IdentitiesOnly yes", "StrictHostKeyChecking yes", "a key"])
        assert.ok(said.includes(option), option);
      assert.ok(said.includes(`UserKnownHostsFile "${join(folder, "known_hosts")}"`));
      const key = said.map((line) => /^IdentityFile "(.+)"$/.exec(line)?.[1]).find((path) => path !== undefined);
      assert.ok(key !== undefined && !existsSync(key));
      assert.deepEqual(readdirSync(join(folder, "work")).sort(), ["asked", "heads"]);
    });

    it("reaches a repository by ssh alone", async () => {
      source.commit({ "a.txt": "1" });
      source.push();
      const { found, run } = await find([wanted()], { PATH: process.env["PATH"] });
      assert.deepEqual(found, [["api", "unreachable"]]);
      assert.match(run.err, /transport 'file' not allowed/);
    });
  });
}
