import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../support/at";
import { exampleFolder } from "../support/example-folder";

const root = join(__dirname, "..", "..");

/** Runs the command of `npm start` in a shell, as npm does. */
function start(suffix: string, environment: Readonly<Record<string, string>> = {}) {
  const command = at(JSON.parse(readFileSync(join(root, "package.json"), "utf8")), "scripts", "start");
  assert.ok(typeof command === "string");
  const path = `${join(root, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`;
  return spawnSync("sh", ["-c", `${command.replace("cli/", `${root}/cli/`)} ${suffix}`], {
    cwd: exampleFolder,
    env: { PATH: path, ...environment },
    encoding: "utf8",
  });
}

describe("npm start", () => {
  it("plans the example without a cluster, without colour, with exit code 0", () => {
    const { status, stdout, stderr } = start("");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.match(stdout, /^Offline plan of homelab/);
    assert.ok(!stdout.includes("\u001b"));
  });

  it("hands over exit codes and colours", () => {
    const { status, stdout, stderr } = start("--stack office", { FORCE_COLOR: "1" });
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /Pulumi\.office\.yaml: does not exist/);
    assert.ok(start("", { FORCE_COLOR: "1" }).stdout.includes("\u001b[1m"));
    assert.ok(!start("", { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout.includes("\u001b"));
  });

  it("survives a reader that closes the pipe", () => {
    const { stdout, stderr } = start("--json | head -n 1");
    assert.equal(stdout, "{\n");
    assert.equal(stderr, "");
  });
});
