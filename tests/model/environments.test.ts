import assert from "node:assert/strict";
import fc from "fast-check";
import { parseProjects } from "../../inputs/project-files";
import { fileOwner, withEnvironments } from "../../model/environments";
import type { Application } from "../../model/project";
import { someProject } from "../support/some-project";
import { namesOf, sourcesOf, stagedFiles } from "../support/staged-files";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const built = { ...git, type: "github" } as const;
const api = {
  ...{ name: "api", git, port: 8080, domains: ["api.example.com"], replicas: 3, uses: ["mysql"], calls: ["web"] },
  repository: { mode: "create", ruleset: true, template: "myorg/template", description: "the shop" },
  env: { LOG_LEVEL: "info", REGION: "eu" },
  secrets: { SESSION_KEY: "generated" },
  build: { context: "services/api", sign: true },
  internet: true,
};
const web = { name: "web", git: { ...git, repo: "my-web" }, port: 80 };
const databases = [
  { name: "mysql", type: "mysql", version: "8.0", port: 3307, size: "5Gi" },
  { name: "redis", type: "redis", version: "7.0", size: "1Gi" },
];

function firstOf(applications: readonly Application[] = []): Application {
  const [first] = applications;
  assert.ok(first);
  return first;
}

/** The application `api` in its only environment. */
function inDevelop(environment: object, ...others: readonly object[]): Application {
  const applications = [{ ...api, environments: [{ name: "develop", branch: "develop", ...environment }] }, ...others];
  const [, project] = withEnvironments(someProject({ applications, databases }));
  return firstOf(project?.applications);
}

describe("an application in an environment", () => {
  const rows: readonly (readonly [string, object, Partial<Application>])[] = [
    ["is built from the environment's branch", {}, { git: { ...built, branch: "develop", hash: null } }],
    [
      "is held at the environment's commit",
      { hash: "a".repeat(40) },
      { git: { ...built, branch: "develop", hash: "a".repeat(40) } },
    ],
    ["has no host of the application's own, and one pod", {}, { domains: [], replicas: 1 }],
    [
      "has the environment's hosts and pods",
      { domains: ["dev.example.com"], replicas: 2 },
      { domains: ["dev.example.com"], replicas: 2 },
    ],
    ["has the application's variables", {}, { env: { LOG_LEVEL: "info", REGION: "eu" } }],
    [
      "has the environment's variables over them",
      { env: { LOG_LEVEL: "debug", MORE: "x" } },
      { env: { LOG_LEVEL: "debug", REGION: "eu", MORE: "x" } },
    ],
    ["uses the databases that the application uses", {}, { uses: ["mysql"] }],
    ["uses those that the environment chooses", { databases: ["redis"] }, { uses: ["redis"] }],
    ["uses none when the environment chooses none", { databases: [] }, { uses: [] }],
    [
      "only uses its repository, whoever makes that",
      {},
      { repository: { mode: "use", visibility: "private", description: "", template: null, ruleset: false } },
    ],
    ["calls nothing that is not there", {}, { calls: [] }],
    [
      "is else what it is in its own project",
      {},
      { secrets: { SESSION_KEY: "generated" }, port: 8080, internet: true },
    ],
    ["is built in the same way", {}, { build: firstOf(someProject({ applications: [api] }).applications).build }],
    ["has no environments", {}, { environments: [] }],
  ];
  for (const [title, environment, expected] of rows) {
    it(title, () => {
      const found: Partial<Application> = inDevelop(environment);
      assert.deepEqual({ ...found, ...expected }, found);
    });
  }

  it("calls what is in the environment too", () => {
    const there = { ...web, environments: [{ name: "develop", branch: "next" }] };
    assert.deepEqual(inDevelop({}, there).calls, ["web"]);
    assert.deepEqual(inDevelop({}, { ...web, environments: [{ name: "test", branch: "next" }] }).calls, []);
  });
});

describe("environments of a project", () => {
  const applications = [
    {
      ...api,
      environments: [
        { name: "test", branch: "main", databases: [] },
        { name: "develop", branch: "develop" },
      ],
    },
    { ...web, environments: [{ name: "develop", branch: "next", databases: ["redis"] }] },
  ];
  const shop = someProject({ applications, databases, quota: { pods: 7 } });
  const projects = withEnvironments(shop);

  it("are projects of their own with what names them, after the project itself", () => {
    assert.deepEqual(
      projects.map(({ name, environmentOf, applications }) => [
        name,
        environmentOf,
        applications.map((each) => each.name),
      ]),
      [
        ["shop", undefined, ["api", "web"]],
        ["shop-develop", { project: "shop", name: "develop" }, ["api", "web"]],
        ["shop-test", { project: "shop", name: "test" }, ["api"]],
      ],
    );
    assert.deepEqual(projects.map(fileOwner), ["shop", "shop", "shop"]);
  });

  it("have the chosen databases, as the file describes them, and the quota of the file", () => {
    const [, develop, test] = projects;
    assert.deepEqual(develop?.databases, shop.databases);
    assert.deepEqual(test?.databases, []);
    assert.deepEqual([develop.quota, test.quota], [shop.quota, shop.quota]);
  });

  it("leave the project as it would be without them", () => {
    const plain = someProject({ applications: [api, web], databases, quota: { pods: 7 } });
    assert.deepEqual(projects[0], plain);
    assert.deepEqual(withEnvironments(plain), [plain]);
    assert.deepEqual(projects.flatMap(withEnvironments), projects);
  });

  it("T07: give every project of all files a name of its own, or the files are refused", () => {
    const files = stagedFiles(["a", "a-b", "a-b-c", "b", "c"], ["b", "c", "b-c", "develop"]);
    const [seen, refused] = [new Set<string>(), new Set<string>()];
    fc.assert(
      fc.property(files, (written) => {
        const names = namesOf(written);
        const isUnique = new Set(names).size === names.length;
        (isUnique ? seen : refused).add(names.join(" "));
        const parse = () => parseProjects(sourcesOf(written)).map(({ name }) => name);
        if (isUnique) assert.deepEqual(parse(), [...names].sort());
        else assert.throws(parse, /becomes the project "[a-c-]+", which .* is already; give the environment/);
      }),
      { numRuns: 80 },
    );
    assert.ok(seen.size > 10 && refused.size > 10, `${seen.size} taken, ${refused.size} refused`);
  });
});
