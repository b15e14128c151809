import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");

/** Which folders of ours, and which packages, the files of a folder may load. Type imports load nothing. */
const allowed: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: RegExp }>> = {
  model: { folders: ["model"], packages: /^zod$/ },
  plan: { folders: ["model", "plan"], packages: /^(zod|yaml)$/ },
  inputs: { folders: ["model", "inputs"], packages: /^(zod|yaml|fastest-levenshtein|node:.*)$/ },
  components: { folders: ["model", "plan", "components"], packages: /^@pulumi\// },
  stacks: { folders: ["model", "plan", "components", "inputs", "stacks"], packages: /^@pulumi\// },
  cli: {
    folders: ["model", "plan", "inputs", "cli"],
    packages: /^(yaml|commander|picocolors|cli-table3|node:.*)$/,
  },
};

/** The one file of `inputs/` that asks the engine. */
const engineFile = "inputs/engine-config.ts";

/** The one file of `plan/` that reads files: the programs that run in pods, which are part of the program itself. */
const programFile = "plan/program-files.ts";

describe("architecture", () => {
  const files = Object.keys(allowed).flatMap((folder) => filesBelow(folder));

  it("finds the files of every folder", () => {
    for (const folder of Object.keys(allowed))
      assert.ok(
        files.some((file) => file.startsWith(`${folder}/`)),
        folder,
      );
  });

  it("lets data flow one way: no import against the direction", () => {
    assert.deepEqual(files.flatMap(wrongImports), []);
  });

  it("reads the environment only where the engine's configuration is read and where the terminal is", () => {
    const readers = files.filter((file) => read(file).includes("process.env"));
    assert.deepEqual(
      readers.filter((file) => file !== engineFile && !file.startsWith("cli/")),
      [],
    );
  });

  it("creates no resource inside apply and reads no configuration in components", () => {
    const offending = files.filter(
      (file) => file.startsWith("components/") && /new pulumi\.(Config|StackReference)/.test(read(file)),
    );
    assert.deepEqual(offending, []);
    const applied = files.filter((file) => /\.apply\([^;]*\bnew [A-Za-z0-9]+\.[A-Za-z0-9.]+\(/s.test(read(file)));
    assert.deepEqual(applied, []);
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function wrongImports(file: string): readonly string[] {
  const folder = file.split("/")[0] ?? "";
  const rule = allowed[folder];
  const loads = [...read(file).matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?"([^"]+)";/gms)].map(
    (match) => match[1] ?? "",
  );
  return loads
    .filter((target) => {
      if (!target.startsWith(".")) return !rule?.packages.test(target) && !isException(file, target);
      const reached = relative(root, join(root, dirname(file), target)).split("/")[0] ?? "";
      return !rule?.folders.includes(reached);
    })
    .map((target) => `${file} loads ${target}`);
}

function isException(file: string, target: string): boolean {
  return (
    (file === engineFile && target.startsWith("@pulumi/")) || (file === programFile && /^node:(fs|path)$/.test(target))
  );
}
