import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { configKeys, declaredDefault, roleSchemas } from "../model/config-keys";
import { platformSecretKeys } from "../model/platform-settings";
import { projectsSecretKeys } from "../model/projects-settings";
import { roleNames } from "../model/roles";
import { generatedFiles } from "../scripts/generated-files";

const declaration = z.strictObject({
  type: z.string(),
  description: z.string().min(10),
  items: z.unknown().optional(),
  default: z.unknown(),
});

describe("generated files", () => {
  for (const { path, content } of generatedFiles) {
    it(`${path} is as \`npm run generate\` writes it`, () => {
      assert.equal(readFileSync(path, "utf8"), content);
    });
  }

  const project = z
    .looseObject({ config: z.record(z.string(), z.unknown()) })
    .parse(parse(readFileSync("Pulumi.yaml", "utf8")));
  const page = readFileSync("docs/configuration.md", "utf8");

  it("T42: default providers are disabled for every stack", () => {
    assert.deepEqual(project.config["pulumi:disable-default-providers"], { value: ["*"] });
  });

  it("Pulumi.yaml declares exactly the keys of the schemas, with their types and defaults", () => {
    const declared = Object.keys(project.config).filter((key) => !key.includes(":"));
    const known = new Set([
      "role",
      ...roleNames.flatMap((role) => Object.keys(roleSchemas[role].shape)),
      ...Object.keys(platformSecretKeys),
      ...Object.keys(projectsSecretKeys),
    ]);
    assert.deepEqual(declared.sort(), [...known].sort());
    for (const name of declared) {
      const { type, default: fallback } = declaration.parse(project.config[name]);
      const key = configKeys.get(name);
      assert.ok(key);
      assert.equal(type, key.type, name);
      assert.deepEqual(fallback, declaredDefault(key), name);
    }
  });

  it("docs/configuration.md has a row with a meaning for every key, nested ones too", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    for (const row of rows) assert.match(row, /^\| `idp:[^`]+` \| [^|]* \| \S.*\S \|$/, row);
    for (const name of configKeys.keys())
      if (name !== "role")
        assert.ok(
          rows.some((row) => row.startsWith(`| \`idp:${name}\` `)),
          name,
        );
    for (const path of nestedPaths())
      assert.ok(
        rows.some((row) => row.startsWith(`| \`idp:${path}\` `)),
        path,
      );
  });
});

/** `harbor.storage.images` and so on: the leaves of every default. */
function nestedPaths(): readonly string[] {
  const leaves = (value: unknown, path: string): readonly string[] =>
    typeof value === "object" && value !== null && Object.keys(value).length > 0
      ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`))
      : [path];
  return [...configKeys.values()]
    .flatMap((key) => leaves(key.default ?? "", key.name))
    .filter((path) => path.includes("."));
}

describe("README", () => {
  const readme = readFileSync("README.md", "utf8");

  it("shows a part of what `npm start` really prints", () => {
    const [, shown = ""] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
    assert.ok(shown.length > 500);
    assert.ok(readFileSync("docs/example-plan.txt", "utf8").includes(shown));
  });

  it("links only to files that are there, like every page in docs/", () => {
    const pages = [
      "README.md",
      "CONTRIBUTING.md",
      ...readdirSync("docs")
        .filter((name) => name.endsWith(".md"))
        .map((name) => `docs/${name}`),
    ];
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, target = ""]) => join(dirname(page), target))
        .filter((target) => !existsSync(target))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });
});
