import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type Json, toJson } from "../../model/json";
import { projectSchemaFile } from "../../scripts/project-schema";

/** Name and default of every field that the schema gives one, lists without their index: `git.branch`. */
function defaults(node: Json, path: readonly string[] = []): readonly (readonly [string, Json])[] {
  if (!isJsonObject(node)) return [];
  const own = node["default"] === undefined ? [] : [[path.join("."), node["default"]] as const];
  const properties = isJsonObject(node["properties"]) ? Object.entries(node["properties"]) : [];
  // The page has a table for each list, whose fields stand without its name.
  const items = node["items"] === undefined ? [] : defaults(node["items"]);
  return [...own, ...items, ...properties.flatMap(([name, child]) => defaults(child, [...path, name]))];
}

/** How the page writes it. */
function written(value: Json): readonly string[] {
  if (value === "") return ["empty"];
  if (value === null) return ["none", "nothing"];
  if (isJsonObject(value)) return ["none", "as below"];
  return typeof value === "object" ? ["none"] : [`\`${String(value)}\``];
}

describe("defaults of docs/project-yaml.md", () => {
  const page = readFileSync(join(__dirname, "../../docs/project-yaml.md"), "utf8");
  /** A field of an environment has the name of the application's, and another default: what that one says. */
  const rows = page.split("\n").flatMap((line) => {
    const [, field, , value] = line.split("|").map((cell) => cell.trim());
    const name = /^`([\w.]+)`$/.exec(field ?? "")?.[1];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  const fields = defaults(toJson(JSON.parse(projectSchemaFile.content)));

  it("are of all that have one", () => {
    assert.ok(fields.length > 20);
    assert.ok(fields.some(([name]) => name === "resources.memoryLimit"));
  });

  for (const [name, value] of fields) {
    it(`say what the schema says of ${name}`, () => {
      const shown = rows.filter(([field]) => field === name).map(([, cell]) => cell);
      assert.ok(
        shown.some((cell) => written(value).includes(cell)),
        `${name}: ${shown.join(", ")}`,
      );
    });
  }

  it("are no values of fields for which the schema has none", () => {
    const known = new Set(fields.map(([name]) => name));
    const others = rows.filter(([name, value]) => value.startsWith("`") && !known.has(name));
    assert.deepEqual(
      others.map(([name]) => name).filter((name) => !["mysql", "postgres", "redis", "mongodb"].includes(name)),
      [],
    );
  });
});
