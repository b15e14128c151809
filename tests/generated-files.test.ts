import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { configKeys, declaredDefault, roleSchemas } from "../model/config-keys";
import { platformSecretKeys } from "../model/platform-settings";
import { projectsSecretKeys, projectsSecretTexts } from "../model/projects-settings";
import { roleNames } from "../model/roles";
import { generatedFiles } from "../scripts/generated-files";
import { type SchemaPath, schemaPaths } from "./support/schema-paths";

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
      ...Object.keys(projectsSecretTexts),
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

  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const cells = rows.map((row) => /^\| `idp:([^`]+)` \| ([^|]*) \| \S.*\S \|$/.exec(row) ?? assert.fail(row));
  /** What stands under `default` for a path; `*` is the name of an entry, in capitals on the page. */
  const shown = new Map(cells.map(([, path = "", value = ""]) => [path.replace(/\.[A-Z]+(?=\.|$)/g, ".*"), value]));

  it("docs/configuration.md has a row with a meaning for every key, nested ones too", () => {
    for (const name of configKeys.keys()) assert.ok(name === "role" || shown.has(name), name);
    const missing = settingPaths().filter(({ path }) => !shown.has(path));
    assert.deepEqual(missing, []);
    for (const name of Object.keys(projectsSecretKeys)) assert.ok(shown.has(`${name}.*`), name);
    for (const path of ["gitOps.owner", "gitOps.ruleset", "github.apps.*.installationId", "charts.*.version"])
      assert.ok(shown.has(path), path);
  });

  it("docs/configuration.md has no row for what no schema takes", () => {
    const known = settingPaths().map(({ path }) => path);
    const texts = [...Object.keys(platformSecretKeys), ...Object.keys(projectsSecretTexts)];
    const secrets = [...texts, ...Object.keys(projectsSecretKeys)];
    const stray = [...shown.keys()].filter((path) => {
      const ofSecret = secrets.includes(path.replace(/\.\*$/, ""));
      return !ofSecret && !known.some((other) => other === path || other.startsWith(`${path}.`));
    });
    assert.deepEqual(stray, []);
  });

  it("docs/configuration.md says what must be set, and only that", () => {
    const required = new Set(settingPaths().flatMap(({ path, required }) => (required ? [path] : [])));
    for (const { path } of settingPaths()) {
      const value = shown.get(path) ?? "";
      // One of several values that a schema takes says which.
      assert.equal(/^(\*\*required\*\*|= `)/.test(value), required.has(path), `${path}: ${value}`);
    }
    assert.equal(shown.get("gitOps.owner"), "**required**");
    assert.equal(shown.get("tls.email"), "**required** with `acme`");
    assert.equal(shown.get("gitOps.ruleset"), "`true`");
  });

  it("docs/configuration.md sets by its commands only what it has a row for", () => {
    const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = ""]) => text).join("");
    const paths = [...commands.matchAll(/idp:([\w.]+)/g)].map(([, path = ""]) => path.replace(/\.myorg\b/, ".*"));
    assert.ok(["github.apps.*.id", "githubAppKeys.*", "tls.challenge.type"].every((path) => paths.includes(path)));
    for (const path of paths) assert.ok(shown.has(path), path);
  });
});

function settingPaths(): readonly SchemaPath[] {
  const shapes: readonly Readonly<Record<string, z.ZodType>>[] = roleNames.map((role) => roleSchemas[role].shape);
  return shapes.flatMap((shape) => Object.entries(shape).flatMap(([name, schema]) => schemaPaths(schema, name)));
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
