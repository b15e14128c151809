import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { parseProjects } from "../../inputs/project-files";
import type { SourceFile } from "../../inputs/source-files";
import { databaseVersions } from "../../model/database-engines";
import { InputError } from "../../model/input-error";

function source(name: string, content: unknown): SourceFile {
  return {
    file: `projects/${name}.yaml`,
    bytes: new TextEncoder().encode(stringify(content, { aliasDuplicateObjects: false })),
  };
}

const application = (name: string, domains: readonly string[] = []) => ({
  name,
  git: { type: "github", owner: "myorg", repo: name },
  port: 80,
  domains,
});

function problems(files: readonly SourceFile[], hosts: readonly (readonly [string, string])[] = []): readonly string[] {
  try {
    parseProjects(files, { reservedHosts: new Map(hosts) });
    return [];
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.message.split("\n").slice(1);
  }
}

describe("projects of files", () => {
  it("may not claim a host of the platform", () => {
    const file = source("shop", { applications: [application("api", ["harbor.lab.example", "api.lab.example"])] });
    assert.deepEqual(problems([file]), []);
    assert.deepEqual(problems([file], [["harbor.lab.example", "Harbor"]]), [
      '  projects/shop.yaml:9:9: applications.0.domains.0: "harbor.lab.example" is the host of Harbor; choose another host',
    ]);
  });

  it("may build several applications of one repository and branch", () => {
    const git = { type: "github", owner: "myorg", repo: "mono" };
    const applications = [
      { ...application("api"), git },
      { ...application("web"), git },
    ];
    assert.deepEqual(problems([source("a", { applications }), source("b", { applications })]), []);
  });

  it("are cross-checked as far as they are sound, whatever else is wrong in their files", () => {
    const broken = { applications: [{ ...application("api", ["www.example.com", "WRONG"]), port: 0 }], typo: 1 };
    const found = problems([
      source("b", broken),
      source("a", { applications: [application("x", ["www.example.com"])] }),
    ]);
    assert.deepEqual(
      found.map((line) => line.split(";")[0]),
      [
        "  projects/b.yaml:7:11: applications.0.port: is the number 0",
        '  projects/b.yaml:9:9: applications.0.domains.0: "www.example.com" already leads to a/x (projects/a.yaml:9)',
        '  projects/b.yaml:10:9: applications.0.domains.1: is "WRONG"',
        "  projects/b.yaml:11:1: typo: is not a known key",
      ],
    );
  });

  it("name the first file by name in a collision, whatever the order of the files", () => {
    const files = ["a", "b", "c"].map((name) => source(name, { applications: [application("x", ["one.example"])] }));
    const message = problems(files);
    assert.equal(message.length, 2);
    assert.deepEqual(problems([...files].reverse()), message);
  });
});

const name = fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,8}$/);
const hash = fc.constantFrom(null, "", "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b");
const git = fc.record(
  { type: fc.constant("github"), owner: name, repo: name, branch: name, hash },
  { requiredKeys: ["type", "owner", "repo"] },
);
const port = fc.integer({ min: 1, max: 65535 });
const database = fc
  .constantFrom("mysql" as const, "postgres" as const, "redis" as const, "mongodb" as const)
  .chain((type) =>
    fc.record(
      { type: fc.constant(type), version: fc.constantFrom(...databaseVersions[type]), port, size: fc.constant("1Gi") },
      { requiredKeys: ["type", "version", "size"] },
    ),
  );
const content = fc.uniqueArray(name, { maxLength: 6 }).chain((names) =>
  fc.record(
    {
      applications: fc.tuple(...names.slice(0, 3).map((own) => fc.record({ name: fc.constant(own), git, port }))),
      databases: fc.tuple(...names.slice(3).map((own) => database.map((rest): object => ({ name: own, ...rest })))),
    },
    { requiredKeys: [] },
  ),
);
const files = fc.uniqueArray(fc.tuple(name, content), { selector: ([own]) => own, maxLength: 4 });

/** The same data with the keys of every mapping in another order. */
function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, withKeysReversed(item)]);
  return Object.fromEntries(entries.reverse());
}

describe("order in project files", () => {
  it("T40: order of files and of keys never changes the result", () => {
    const isUsable = (project: string) => !project.endsWith("-build") && !project.startsWith("kube-");
    fc.assert(
      fc.property(files, (generated) => {
        const usable = generated.filter(([own]) => isUsable(own));
        const plain = parseProjects(usable.map(([own, data]) => source(own, data)));
        const shuffled = [...usable].reverse().map(([own, data]) => source(own, withKeysReversed(data)));
        assert.equal(JSON.stringify(parseProjects(shuffled)), JSON.stringify(plain));
        assert.deepEqual(
          plain.map((project) => project.name),
          usable.map(([own]) => own).sort(),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("any bytes at all", () => {
  const part = fc.constantFrom(
    "applications:",
    "- ",
    "name: ",
    "a",
    "\n",
    "\n  ",
    "[",
    "]",
    "{",
    "}",
    ":",
    "&a ",
    "*a",
    "!!",
    "<<: ",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
  );
  const bytes = fc.oneof(
    fc.uint8Array(),
    text.map((content) => new TextEncoder().encode(content)),
  );

  it("are projects or an InputError, never another error", () => {
    fc.assert(
      fc.property(bytes, (content) => {
        try {
          assert.equal(parseProjects([{ file: "projects/shop.yaml", bytes: content }]).length, 1);
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.ok(error.problems.length > 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
