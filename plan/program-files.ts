import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Programs that run in pods, as the text of their files. They are part of this program, like its modules, so reading them
 * makes no plan depend on the machine.
 */
export const programs = {
  harborProject: read("harbor-project.mjs"),
} as const;

function read(file: string): string {
  return readFileSync(join(__dirname, "..", "in-cluster", file), "utf8");
}
