import assert from "node:assert/strict";
import { planDocument } from "../../plan/plan-document-schema";
import { ClusterFolder, exampleFiles, projectText } from "../support/cluster-folder";

describe("offline plan", () => {
  let folder: ClusterFolder;
  before(() => {
    folder = new ClusterFolder();
  });
  after(() => {
    folder.dispose();
  });

  it("prints what exists per stack and per project, the footprint, the warnings and what to do next", () => {
    const { code, stdout, stderr } = folder.plan();
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const pattern of [
      /^Offline plan of homelab, context default: 1 node with 4 CPU and 16Gi memory$/m,
      /^Stack homelab \(platform\): \d+ components, \d+ resources$/m,
      /^ {2}harbor +chart harbor 1\.19\.1 \(2\.15\.1\), namespace harbor/m,
      /^ +https:\/\/harbor\.lab\.example$/m,
      /volumes: images 20Gi/,
      /generated secrets: harbor-admin-password/,
      /^Stack homelab-projects \(projects\): 1 project, 1 application, 1 database,\n {2}\d+ resources$/m,
      /^ {2}project shop: namespaces shop, shop-build, \d+ resources$/m,
      /^ {4}application api: myorg\/my-api, branch main, CI decides the commit$/m,
      /^ {6}image harbor\.lab\.example\/shop\/api, port 8080$/m,
      /^ {4}database mysql: mysql 8\.0, volume 5Gi$/m,
      /^ {6}mysql\.shop\.svc\.cluster\.local:3306$/m,
      /^ {4}repository myorg\/my-api: used as it is$/m,
      /^ {4}generated secrets: .*mysql/m,
      /^ {4}Vault secrets:$/m,
      /^ {2}sum +\d+ +\S+ +\S+$/m,
      /^ {2}of 1 node \(4, 16Gi\) +\d+ % +\d+ %$/m,
      /^ {2}left for you/m,
      /^Warnings \(\d+\)$/m,
      /\nNext: pulumi preview --stack homelab\n$/,
    ]) {
      assert.match(stdout, pattern);
    }
  });

  it("has no line over 80 columns that could be broken", () => {
    const { stdout } = folder.plan();
    const long = stdout.split("\n").filter((line) => line.length > 80 && line.trim().includes(" "));
    assert.deepEqual(long, []);
    assert.ok(folder.plan([], { columns: 200 }).stdout === stdout);
  });

  it("is the same text twice", () => {
    assert.equal(folder.plan().stdout, folder.plan().stdout);
    assert.equal(folder.plan(["--json"]).stdout, folder.plan(["--json"]).stdout);
  });

  it("colours only when asked to, and says the same", () => {
    const plain = folder.plan().stdout;
    const coloured = folder.plan([], { colour: true }).stdout;
    assert.ok(!plain.includes("\u001b"));
    assert.ok(coloured.includes("\u001b[1m"));
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ""), plain);
  });

  it("prints the documented JSON, without colour", () => {
    const { code, stdout } = folder.plan(["--json"], { colour: true });
    assert.equal(code, 0);
    const document = planDocument.parse(JSON.parse(stdout));
    assert.deepEqual(
      document.stacks.map(({ stack }) => stack),
      ["homelab", "homelab-vault", "homelab-projects"],
    );
    assert.deepEqual(
      document.stacks[2]?.projects.map(({ name }) => name),
      ["shop"],
    );
  });

  it("plans one stack alone when it is no platform", () => {
    const { code, stdout } = folder.plan(["--stack", "homelab-projects"]);
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, /Stack homelab \(platform\)/);
    assert.match(stdout, /Next: pulumi preview --stack homelab-projects/);
  });

  it("takes the projects from another folder", () => {
    folder.write("others/blog.yaml", projectText().replace("api.example.com", "blog.example.com"));
    const { code, stdout } = folder.plan(["--projects", "others"]);
    assert.equal(code, 0);
    assert.match(stdout, /project blog/);
    assert.doesNotMatch(stdout, /project shop/);
  });
});

describe("offline plan of a bad input", () => {
  it("reports every problem on standard error, with exit code 1 and no stack trace", () => {
    const folder = new ClusterFolder({
      ...exampleFiles,
      "projects/shop.yaml": projectText({ size: "huge" }, "port: 0"),
    });
    const { code, stdout, stderr } = folder.plan();
    folder.dispose();
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /projects\/shop\.yaml:2:\d+: applications\.0\.port: /);
    assert.match(stderr, /projects\/shop\.yaml:4:\d+: databases\.0\.size: /);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  it("names the stacks when the one that is asked for does not exist", () => {
    const folder = new ClusterFolder();
    const { code, stderr } = folder.plan(["--stack", "office"]);
    folder.dispose();
    assert.equal(code, 1);
    assert.match(stderr, /Pulumi\.office\.yaml: does not exist; use one of homelab/);
  });

  it("shows control characters of a file as `?`", () => {
    const folder = new ClusterFolder({ ...exampleFiles, "projects/shop.yaml": projectText({ type: '"\\e[2Jx"' }) });
    const { code, stderr } = folder.plan();
    folder.dispose();
    assert.equal(code, 1);
    assert.ok(!stderr.includes("\u001b"), stderr);
  });
});

describe("command line of the offline plan", () => {
  const folder = new ClusterFolder({});
  after(() => {
    folder.dispose();
  });

  it("shows the help with flags, exit codes and examples, within 80 columns", () => {
    const { code, stdout, stderr } = folder.plan(["--help"]);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const word of [
      "--stack",
      "--projects",
      "--json",
      "--out",
      "--against",
      "--vault",
      "Exit codes:",
      "3  with --against",
    ]) {
      assert.ok(stdout.includes(word), word);
    }
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
  });

  const mistakes: readonly [argv: readonly string[], message: RegExp][] = [
    [["--jsn"], /unknown option '--jsn'/],
    [["HEAD"], /^error: too many arguments; npm takes .* before `--`.* `npm start -- --against HEAD`; see /],
    [["--stack"], /argument missing/],
    [["--out", ""], /--out is empty/],
    [["--against="], /--against is empty/],
  ];
  for (const [argv, message] of mistakes) {
    it(`refuses ${argv.join(" ")} with exit code 2`, () => {
      const { code, stdout, stderr } = folder.plan(argv);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.match(stderr, /npm run plan -- --help/);
    });
  }

  it("apologises for what nobody expected, and shows where only when asked to", () => {
    const cwd = `${folder.path}/does-not-exist`;
    const short = folder.plan([], { cwd });
    assert.equal(short.code, 1);
    assert.match(short.stderr, /sorry, this is a mistake in the program/);
    assert.doesNotMatch(short.stderr, /\n\s+at /);
    assert.match(folder.plan([], { cwd, debug: true }).stderr, /\n\s+at /);
  });
});
