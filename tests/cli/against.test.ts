import assert from "node:assert/strict";
import { differenceDocumentSchema } from "../../plan/difference-document";
import { ClusterFolder, exampleFiles, projectText } from "../support/cluster-folder";

describe("difference against a git revision", () => {
  let folder: ClusterFolder;
  beforeEach(() => {
    folder = new ClusterFolder();
    folder.commit();
  });
  afterEach(() => {
    folder.dispose();
  });

  it("is nothing when nothing changed", () => {
    assert.deepEqual(folder.plan(["--against", "main"]), { code: 0, stdout: "No changes since main.\n", stderr: "" });
  });

  it("shows a changed application, which loses no data", () => {
    folder.write("projects/shop.yaml", projectText({}, "port: 9090"));
    const { code, stdout } = folder.plan(["--against", "main"]);
    assert.equal(code, 0);
    assert.match(stdout, /^Changes since main: 0 added, \d+ changed, 0 removed$/m);
    assert.match(stdout, /^ {4}~ application api\n {8}port: 8080 -> 9090$/m);
    assert.match(
      stdout.replaceAll(/\n {10}/g, " "),
      /~ github-file .*\n {8}Deployment api: spec\.\S+\.containerPort: 8080 -> 9090\n {8}Service api: /,
    );
    assert.doesNotMatch(stdout, /DATA LOSS/);
  });

  it("shows a new project by what its file says, and only counts its resources", () => {
    folder.write("projects/blog.yaml", projectText().replace("api.example.com", "blog.example.com"));
    const { code, stdout } = folder.plan(["--against", "main"]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^ {2}\+ project blog\n {4}\+ application api\n {4}\+ database mysql\n {4}and \d+ resources$/m,
    );
  });

  const losses: readonly [title: string, content: string, expected: RegExp][] = [
    ["a volume shrinks", projectText({ size: "2Gi" }), /shrinks from 5Gi to 2Gi/],
    ["a version is lowered", projectText({ version: '"8.0"' }), /written by mysql 8\.4, and the older/],
    ["a database becomes another one", projectText({ type: "postgres", version: '"17"' }), /postgres 17 cannot read/],
    ["a database is removed", projectText().replace(/databases:[^]*/, ""), /- StatefulSet shop\/mysql DATA LOSS/],
  ];
  for (const [title, content, expected] of losses) {
    it(`marks data loss with exit code 3 when ${title}`, () => {
      folder.write("projects/shop.yaml", projectText({ version: '"8.4"' }));
      folder.commit();
      folder.write("projects/shop.yaml", content);
      const { code, stdout } = folder.plan(["--against", "main"]);
      assert.equal(code, 3, stdout);
      assert.match(stdout.replaceAll(/\n +/g, " "), expected);
      assert.match(stdout, /^DATA LOSS: 1 change would destroy data\./m);
      assert.deepEqual(
        stdout.split("\n").filter((line) => line.length > 80 && line.trim().includes(" ")),
        [],
      );
    });
  }

  it("marks data loss with exit code 3 when a project's file is removed, also as JSON", () => {
    folder.write("projects/blog.yaml", projectText().replace("api.example.com", "blog.example.com"));
    folder.commit();
    folder.remove("projects/shop.yaml");
    const { code, stdout } = folder.plan(["--against", "HEAD", "--json"]);
    assert.equal(code, 3);
    const document = differenceDocumentSchema.parse(JSON.parse(stdout));
    assert.equal(document.dataLoss, true);
    assert.equal(document.against, "HEAD");
    const text = folder.plan(["--against", "HEAD"]).stdout.replaceAll(/\n +/g, " ");
    assert.equal(text.split("pulumi config set --path").length, 2);
    assert.equal(text.split("`pulumi up` refuses until `idp:giveUp` names shop, as above").length, 3);
    const lost = document.changes.filter(({ dataLoss }) => dataLoss.length > 0);
    assert.deepEqual(
      lost.map(({ component, name, change }) => `${change} ${name} of ${component ?? ""}`),
      ["removed shop.repository-vault of shop", "removed shop/mysql of shop", "removed shop.registry.vault of shop"],
    );
    assert.ok(lost.every(({ dataLoss }) => dataLoss.some((reason) => reason.includes("`idp:giveUp` names shop:"))));
  });

  it("marks what `pulumi up` refuses with exit code 3, and takes `idp:giveUp` from the files of today", () => {
    const [file, giveUp] = ["Pulumi.homelab-projects.yaml", "  idp:giveUp: [shop/api]\n"];
    folder.write("projects/shop.yaml", projectText({}, "port: 8080, secrets: {STRIPE_KEY: entered}"));
    folder.commit();
    folder.write("projects/shop.yaml", projectText());
    const refused = folder.plan(["--against", "main"]);
    assert.equal(refused.code, 3);
    assert.match(
      refused.stdout.replaceAll(/\n +/g, " "),
      /- vault-secret \S+ DATA LOSS shop no longer has in Vault the secret .*STRIPE_KEY `pulumi up` refuses until .*'idp:giveUp\[0\]' shop\/api/,
    );
    folder.write(file, `${exampleFiles[file] ?? ""}${giveUp}`);
    const given = folder.plan(["--against", "main"]);
    assert.equal(given.code, 3);
    assert.doesNotMatch(given.stdout, /refuses/);
    assert.match(
      given.stdout.replaceAll(/\n +/g, " "),
      /`idp:giveUp` names shop\/api; docs\/runbook\.md says how to go on/,
    );
  });

  it("shows where long texts differ, not how they begin", () => {
    const text = (end: string) => projectText({}, `port: 8080, env: {A: "${"long ".repeat(20)}${end}"}`);
    folder.write("projects/shop.yaml", text("old"));
    folder.commit();
    folder.write("projects/shop.yaml", text("new"));
    const { stdout } = folder.plan(["--against", "main"]);
    assert.match(stdout.replaceAll(/\n +/g, " "), /Deployment api: \S+: \.\.\.[a-z ]+old" -> \.\.\.[a-z ]+new"/);
  });

  it("counts a stack and a folder that did not exist yet as nothing", () => {
    folder.write("Pulumi.office.yaml", "config:\n  idp:role: platform\n  idp:domain: office.example\n");
    const office = folder.plan(["--against", "main", "--stack", "office"]);
    assert.equal(office.code, 0);
    assert.match(office.stdout, /^ {2}\+ stack office$/m);
    folder.write("others/blog.yaml", projectText());
    const others = folder.plan(["--against", "main", "--projects", "others"]);
    assert.equal(others.code, 0, others.stderr);
    assert.match(others.stdout, /^ {2}\+ project blog$/m);
  });

  it("says which revision cannot be read when its files do not fit the schema", () => {
    folder.write("projects/shop.yaml", "applications: none\n");
    folder.commit();
    folder.git("tag", "broken");
    folder.write("projects/shop.yaml", projectText());
    const { code, stdout, stderr } = folder.plan(["--against", "broken"]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^The files of broken cannot be read by this version of the program/);
    assert.match(stderr, /^ {2}broken:projects\/shop\.yaml:1:\d+: applications: /m);
  });

  const mistakes: readonly [ref: string, message: RegExp][] = [
    ["nope", /git knows no revision "nope"; name a branch, a tag or a commit/],
    ["-rf", /"-rf" is not a git revision/],
    ["main..main", /git knows no revision/],
    ["main; touch x", /git knows no revision/],
  ];
  for (const [ref, message] of mistakes) {
    it(`refuses the revision ${ref} with exit code 2`, () => {
      const { code, stdout, stderr } = folder.plan([`--against=${ref}`]);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    });
  }

  it("refuses a folder outside of the repository with exit code 2", () => {
    const other = new ClusterFolder({ "blog.yaml": projectText() });
    const { code, stderr } = folder.plan(["--against", "main", "--projects", other.path]);
    other.dispose();
    assert.equal(code, 2, stderr);
    assert.match(stderr, /lies outside of the git repository/);
  });

  it("works in a folder of a larger repository", () => {
    const larger = new ClusterFolder(
      Object.fromEntries(Object.entries(exampleFiles).map(([file, text]) => [`home/idp/${file}`, text])),
    );
    larger.commit();
    larger.write("home/idp/projects/shop.yaml", projectText({}, "port: 9090"));
    const { code, stdout } = larger.plan(["--against", "main"], { cwd: `${larger.path}/home/idp` });
    larger.dispose();
    assert.equal(code, 0);
    assert.match(stdout, /Changes since main: 0 added, \d+ changed, 0 removed/);
  });
});

describe("difference without a git repository", () => {
  it("is refused with exit code 2", () => {
    const folder = new ClusterFolder();
    const { code, stderr } = folder.plan(["--against", "main"]);
    folder.dispose();
    assert.equal(code, 2);
    assert.match(stderr, /is not in a git repository that can be read/);
  });
});
