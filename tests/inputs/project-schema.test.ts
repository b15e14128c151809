import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { databaseEngines, databaseVersions } from "../../model/database-engines";
import { databaseTypes } from "../../model/database-type";
import { readProjects } from "../../inputs/project-files";
import { projectSchemaFile } from "../../scripts/project-schema";

const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The committed schema as an editor would use it. */
function editorSchema(): z.ZodType {
  const json: unknown = JSON.parse(read(projectSchemaFile.path));
  assert.ok(isSchema(json));
  return z.fromJSONSchema(json);
}

function isSchema(json: unknown): json is z.core.JSONSchema.JSONSchema {
  return typeof json === "object" && json !== null && "$schema" in json;
}

/** Every field of the schema, however deep. */
function fieldNames(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const properties: unknown = "properties" in node ? node.properties : undefined;
  const own = typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  return [...new Set([...own, ...Object.values(node).flatMap(fieldNames)])];
}

const exampleProjects = "tests/example/projects";

describe("project.schema.json", () => {
  it("is what the code generates (npm run generate)", () => {
    assert.equal(read(projectSchemaFile.path), projectSchemaFile.content);
  });

  const examples = readdirSync(join(root, exampleProjects)).filter((name) => name.endsWith(".yaml"));

  it("is named by every example, for editors", () => {
    assert.deepEqual(examples, ["blog.yaml", "shop.yaml"]);
    for (const name of examples) {
      const [line] = read(`${exampleProjects}/${name}`).split("\n");
      assert.equal(line, `# yaml-language-server: $schema=../../../${projectSchemaFile.path}`);
    }
  });

  const valid = "tests/fixtures/projects/valid";
  const accepted = [
    ...examples.map((name) => `${exampleProjects}/${name}`),
    ...readdirSync(join(root, valid)).map((name) => `${valid}/${name}`),
  ];
  for (const path of accepted) {
    it(`accepts ${path}`, () => {
      assert.deepEqual(editorSchema().safeParse(parse(read(path))).error?.issues, undefined);
    });
  }

  const refused = ["databases", "hashes", "list", "missing-keys", "names", "ports", "unknown-keys", "version-number"];
  for (const name of refused) {
    it(`refuses ${name}.yaml in the editor already`, () => {
      const value: unknown = parse(read(`tests/fixtures/projects/invalid/${name}.yaml`));
      assert.equal(editorSchema().safeParse(value).success, false);
    });
  }

  it("has every field explained in docs/project-yaml.md", () => {
    const page = read("docs/project-yaml.md");
    const names = fieldNames(JSON.parse(projectSchemaFile.content));
    assert.ok(names.includes("hash"));
    assert.deepEqual(
      names.filter((name) => !new RegExp(`^\\| \`(\\w+\\.)*${name}\` +\\|`, "m").test(page)),
      [],
    );
  });
});

describe("docs/project-yaml.md", () => {
  it("lists every type with its versions and its port", () => {
    const page = read("docs/project-yaml.md");
    for (const type of databaseTypes) {
      const versions = databaseVersions[type].map((version) => `\`${version}\``).join(", ");
      const row = new RegExp(
        `^\\| \`${type}\` +\\| ${versions.replaceAll(".", "\\.")} +\\| ${databaseEngines[type].port} +\\|$`,
        "m",
      );
      assert.match(page, row);
    }
  });
});

describe("example projects", () => {
  const projects = readProjects(join(root, exampleProjects));

  it("show all that the posts' file has, and the shortest form", () => {
    assert.deepEqual(
      projects.map(({ name, applications, databases }) => [
        name,
        applications.length,
        databases.map(({ type }) => type),
      ]),
      [
        ["blog", 1, ["postgres", "mongodb"]],
        ["shop", 2, ["mysql", "redis"]],
      ],
    );
  });
});
