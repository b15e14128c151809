import assert from "node:assert/strict";
import fc from "fast-check";
import { keptData } from "../../model/kept-data";
import { blog, filesOf, firstRun, lines, mysql, nextRun, plain, recorded, redis, shop } from "../support/kept-data";

describe("data that the projects hold", () => {
  it("are its databases, what it has in Vault, and the repositories that are not only used", () => {
    assert.deepEqual(
      firstRun({ name: "shop", content: shop }).held.map(({ kind, name }) => `${kind} ${name}`),
      [
        "database mysql",
        "database redis",
        "secret applications/api",
        "secret applications/api/entered/MAIL_PASSWORD",
        "secret github",
        "secret registry",
        "repository myorg/my-api",
      ],
    );
    assert.deepEqual(
      filesOf([{ name: "shop", content: { applications: [plain] } }]).held.map(({ kind }) => kind),
      ["secret", "secret"],
    );
  });

  it("T16: are recorded by name, in a schema, without any value", () => {
    assert.deepEqual(keptData.parse(recorded), recorded);
    assert.equal(keptData.safeParse({ ...recorded, version: 2 }).success, false);
    assert.doesNotMatch(JSON.stringify(recorded), /\$secret/);
  });

  it("are the same after any number of runs of the same files", () => {
    const again = nextRun(recorded, [blog, { name: "shop", content: shop }]);
    assert.deepEqual(again.problems, []);
    assert.deepEqual(again.next, recorded);
  });
});

describe("data that leave the files", () => {
  it("T26: stop the run when a project's file is gone, with all that would be lost and what to do", () => {
    const { problems } = nextRun(recorded, [blog]);
    assert.deepEqual(problems, [
      {
        file: "projects/shop.yaml",
        problem:
          "is gone, and with it the databases mysql (mysql 8.0, 5Gi) and redis (redis 7.0, 1Gi), " +
          "and the repository myorg/my-api, and in Vault the secrets applications/api (SESSION_KEY), " +
          "applications/api/entered/MAIL_PASSWORD, github and registry",
        remedy:
          "put the file back, or retire shop as docs/runbook.md says: back up, then " +
          "`pulumi config set --path 'idp:giveUp[0]' shop --stack homelab-projects`",
      },
    ]);
  });

  it("T26: stop the run when a part of a project is gone, one line for each", () => {
    const { problems } = nextRun(recorded, [
      blog,
      { name: "shop", content: { applications: [plain], databases: [redis] } },
    ]);
    assert.deepEqual(lines(problems), [
      "projects/shop.yaml: : no longer has the database mysql (mysql 8.0, 5Gi)",
      "projects/shop.yaml: : no longer has the repository myorg/my-api, and in Vault the secrets applications/api (SESSION_KEY) " +
        "and applications/api/entered/MAIL_PASSWORD",
    ]);
    assert.match(problems[0]?.remedy ?? "", /'idp:giveUp\[0\]' shop\/mysql /);
    assert.match(problems[1]?.remedy ?? "", /'idp:giveUp\[1\]' shop\/api /);
  });

  const changes: readonly (readonly [string, object, RegExp])[] = [
    ["another type", { ...mysql, type: "postgres", version: "17" }, /written by mysql 8.4, and postgres 17 cannot/],
    ["an older version", { ...mysql, version: "8.0" }, /written by mysql 8.4, and the older mysql 8.0 cannot/],
    ["a smaller size", { ...mysql, version: "8.4", size: "4Gi" }, /shrinks from 5Gi to 4Gi/],
    ["a version that needs a dump", { ...mysql, version: "9.7" }, /mysql 9.7 may not read it: make a dump first/],
  ];
  for (const [title, database, expected] of changes) {
    it(`stop the run when a database is to become ${title}`, () => {
      const old = firstRun({ name: "shop", content: { databases: [{ ...mysql, version: "8.4" }] } });
      const { problems } = nextRun(old, [{ name: "shop", content: { databases: [database] } }]);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.problem ?? "", expected);
      assert.match(problems[0]?.remedy ?? "", /^put back what it said, or retire shop\/mysql/);
    });
  }

  it("let a volume grow, and a server upgrade that reads the old files", () => {
    const now = {
      databases: [
        { ...mysql, version: "8.4", size: "9Gi" },
        { ...redis, version: "8.2" },
      ],
    };
    const old = firstRun({ name: "shop", content: { databases: [mysql, redis] } });
    assert.deepEqual(nextRun(old, [{ name: "shop", content: now }]).problems, []);
  });

  it("do not include an application without secrets of its own that gets another name, nor one that is only built", () => {
    const old = firstRun({ name: "shop", content: { applications: [plain] } });
    assert.deepEqual(
      nextRun(old, [{ name: "shop", content: { applications: [{ ...plain, name: "web" }] } }]).problems,
      [],
    );
  });

  it("stop the run for every project that lost any, and for no other", () => {
    const name = fc.stringMatching(/^[a-d]$/);
    const content = fc.record({ databases: fc.subarray([mysql, redis]) });
    const files = fc.uniqueArray(fc.record({ name, content }), { selector: (project) => project.name, maxLength: 4 });
    fc.assert(
      fc.property(files, files, (old, now) => {
        const expected = old.filter((project) => {
          const kept = now.find((other) => other.name === project.name)?.content.databases;
          return !kept || project.content.databases.some((database) => !kept.includes(database));
        });
        const { problems } = nextRun(firstRun(...old), now);
        const found = new Set(problems.map(({ file }) => file));
        assert.deepEqual(found, new Set(expected.map((project) => `projects/${project.name}.yaml`)));
      }),
      { numRuns: 50 },
    );
  });
});
