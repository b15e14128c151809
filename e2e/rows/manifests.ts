import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { kubectl } from "../support/kubectl";
import { plannedManifests } from "../support/planned";
import type { ProjectsRun } from "../support/projects-run";

const root = join(__dirname, "..", "..");

/** What the offline plan writes, without the engine. */
export function manifestRows(current: () => ProjectsRun): void {
  describe("offline plan", () => {
    it("T12: the API server would take every manifest that `npm run plan -- --out` writes", () => {
      const { workplace, names } = current();
      const folder = join(workplace.directory, "manifests");
      const command = [join(root, "cli", "main.ts"), "--stack", names.projects, "--out", folder];
      execFileSync(process.execPath, ["--require", "tsx/cjs", ...command], { cwd: workplace.directory, stdio: "pipe" });
      const answered = kubectl("apply", "--dry-run=server", "--recursive", "-f", join(folder, "manifests"))
        .trim()
        .split("\n");
      const told = answered.filter((line) => line.endsWith("(server dry run)"));
      assert.equal(told.length, plannedManifests(current().planned(names.projects)).length);
    });
  });
}
