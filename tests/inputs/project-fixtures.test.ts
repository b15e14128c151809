import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseProjects } from "../../inputs/project-files";
import type { SourceFile } from "../../inputs/source-files";
import { someCluster, someProject } from "../support/some-project";

const fixtures = join(__dirname, "../fixtures/projects");
const { node } = someCluster;

/** One file, or a folder whose files are one input. */
function sources(path: string): readonly SourceFile[] {
  const paths = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
  return paths.map((file) => ({ file: `projects/${basename(file)}`, bytes: readFileSync(file) }));
}

describe("project files that cannot be used", () => {
  const folder = join(fixtures, "invalid");
  const names = readdirSync(folder);
  const cases = names.filter((name) => !name.endsWith(".expected"));

  it("are all expected to be refused, and none is only expected", () => {
    const expected = cases.map((name) => `${basename(name, ".yaml")}.expected`);
    assert.deepEqual(
      names.filter((name) => name.endsWith(".expected")),
      expected.sort(),
    );
  });

  for (const name of cases) {
    it(`${name}: says what is wrong and what to do`, () => {
      const expected = join(folder, `${basename(name, ".yaml")}.expected`);
      assert.ok(existsSync(expected), `${expected} is missing`);
      const message = readFileSync(expected, "utf8").trimEnd();
      assert.throws(() => parseProjects(sources(join(folder, name)), { node }), { name: "InputError", message });
    });
  }
});

describe("project files that can be used", () => {
  const projects = parseProjects(sources(join(fixtures, "valid")), { node });

  it("are sorted by name", () => {
    assert.deepEqual(
      projects.map(({ name }) => name),
      ["a", "a-b", "nothing", "pinned", "posts", "staged", "staged-develop", "staged-test"],
    );
  });

  it("have the shape of the posts, with every field kept", () => {
    const posts = projects.find(({ name }) => name === "posts");
    const git = { type: "github", owner: "myorg", branch: "main", hash: null };
    const expected = someProject(
      {
        applications: [
          { name: "api", git: { ...git, repo: "my-api" }, port: 8080, domains: ["api.example.com"] },
          {
            name: "frontend",
            git: { ...git, repo: "my-frontend" },
            port: 80,
            domains: ["www.example.com", "example.com"],
          },
        ],
        databases: [
          { name: "mysql", type: "mysql", version: "8.0", port: 3306, size: "5Gi" },
          { name: "redis", type: "redis", version: "7.0", port: 6379, size: "1Gi" },
        ],
      },
      "posts",
    );
    assert.deepEqual(posts, expected);
  });

  it("get the defaults of what they leave out", () => {
    const nothing = projects.find(({ name }) => name === "nothing");
    assert.deepEqual(nothing, {
      ...{ name: "nothing", applications: [], databases: [] },
      quota: { storage: "100Gi", pods: 50 },
      secretSync: "external-secrets",
    });
    const [application] = projects.find(({ name }) => name === "a")?.applications ?? [];
    assert.deepEqual(application, {
      ...{ name: "b-c", port: 80, domains: ["b-c.example"], replicas: 1, internet: false, rotation: 0 },
      git: { type: "github", owner: "myorg", repo: "mono", branch: "main", hash: null },
      repository: { mode: "use", visibility: "private", description: "", template: null, ruleset: false },
      resources: { cpu: "50m", memory: "128Mi", memoryLimit: "256Mi" },
      ...{ env: {}, secrets: {}, uses: [], calls: [], environments: [] },
      build: {
        ...{ context: ".", dockerfile: "Dockerfile", args: {}, secrets: [], paths: [], platforms: [] },
        ...{ builder: "buildkit", minutes: 30, sign: false, scan: { mode: "off", severity: "HIGH" } },
        resources: { cpu: "500m", cpuLimit: "2", memory: "512Mi", memoryLimit: "2Gi", disk: "10Gi" },
      },
      release: { mode: "commit" },
    });
  });

  it("have their environments as projects, in which an application has what the file says and else what it has itself", () => {
    const staged = projects.filter(({ name }) => name.startsWith("staged"));
    assert.deepEqual(
      staged.map(({ name, environmentOf, applications, databases }) => [
        name,
        environmentOf?.name,
        applications.map((application) => application.name),
        databases.map((database) => database.name),
      ]),
      [
        ["staged", undefined, ["api", "web"], ["mysql", "redis"]],
        ["staged-develop", "develop", ["api", "web"], ["mysql"]],
        ["staged-test", "test", ["api"], []],
      ],
    );
  });

  it("hold an application at a commit; empty text and an empty value hold it at none", () => {
    const pinned = projects.find(({ name }) => name === "pinned");
    assert.deepEqual(
      pinned?.applications.map(({ git }) => git.hash),
      ["1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b", null, null],
    );
  });
});
