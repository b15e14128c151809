import { z } from "zod";
import { isJsonObject, type Json, toJsonObject } from "../model/json";
import { projectFile } from "../model/project";
import type { GeneratedFile } from "./pulumi-project";

/** The JSON Schema of a project file, for editors. Draft 7, because that is what their YAML support knows best. */
export const projectSchemaFile: GeneratedFile = {
  path: "project.schema.json",
  content: `${pretty(projectSchema())}\n`,
};

function projectSchema(): Json {
  const { $schema = null, ...schema } = toJsonObject(z.toJSONSchema(projectFile, { io: "input", target: "draft-7" }));
  const title = "A project of the platform";
  const description = "One file of projects/; its name is the project's. docs/project-yaml.md explains each field.";
  return { $schema, title, description, ...schema };
}

/** As Prettier writes it: short lists on one line, which `JSON.stringify` cannot. */
function pretty(value: Json, indent = "", before = 0): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item: Json) => JSON.stringify(item)).join(", ")}]`;
    const isShort = !value.some((item: Json) => typeof item === "object") && before + line.length < 119;
    if (isShort) return line;
    return `[\n${value.map((item: Json) => inner + pretty(item, inner)).join(",\n")}\n${indent}]`;
  }
  if (!isJsonObject(value) || Object.keys(value).length === 0) return JSON.stringify(value);
  const lines = Object.entries(value).map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + pretty(item, inner, start.length);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
