import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** Writes that many project files, each with two applications and two databases. */
export function writeProjects(directory: string, count: number): void {
  mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const name = `project-${String(index).padStart(4, "0")}`;
    writeFileSync(join(directory, `${name}.yaml`), stringify(project(name)));
  }
}

function project(name: string): object {
  return {
    applications: [application(name, "api", 8080), application(name, "web", 80)],
    databases: [
      { name: "mysql", type: "mysql", version: "8.0", port: 3306, size: "5Gi" },
      { name: "redis", type: "redis", version: "7.0", port: 6379, size: "1Gi" },
    ],
  };
}

function application(project: string, name: string, port: number): object {
  const git = { type: "github", owner: "example", repo: `${project}-${name}`, branch: "main", hash: null };
  return { name, git, port, domains: [`${name}.${project}.example.com`] };
}
