import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProjects } from "../../inputs/project-files";
import { readProjectsDirectory } from "../../inputs/source-files";
import { problemLine } from "../../model/input-error";

describe("folder of project files", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "projects-"));
    mkdirSync(join(root, "projects"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const write = (name: string, content = "{}\n") => {
    writeFileSync(join(root, "projects", name), content);
  };
  const read = () => {
    const { files, problems } = readProjectsDirectory("projects", root);
    return { files: files.map(({ file }) => file), problems: problems.map(problemLine) };
  };

  it("gives its YAML files by name, without README and hidden files", () => {
    for (const name of ["shop.yaml", "blog.yaml", "README.md", ".hidden.yaml", ".DS_Store"]) write(name);
    assert.deepEqual(read(), { files: ["projects/blog.yaml", "projects/shop.yaml"], problems: [] });
  });

  it("says of every other file what to do with it, and still reads the rest", () => {
    for (const name of ["a.yml", "B.YAML", "notes.txt", "plan.json", "shop.yaml", "shop.yaml~"]) write(name);
    mkdirSync(join(root, "projects", "old"));
    const strange = "is not a project file: those end in `.yaml`";
    assert.deepEqual(read(), {
      files: ["projects/shop.yaml"],
      problems: [
        `projects/B.YAML: ${strange}; rename it to \`B.yaml\``,
        `projects/a.yml: ${strange}; rename it to \`a.yaml\``,
        `projects/notes.txt: ${strange}; move it out of the folder`,
        "projects/old: is a folder; put each project's file directly into the folder above it",
        `projects/plan.json: ${strange}; move it out of the folder`,
        `projects/shop.yaml~: ${strange}; move it out of the folder`,
      ],
    });
  });

  it("follows a symbolic link inside the folder, and none that leaves it", () => {
    write("shop.yaml");
    writeFileSync(join(root, "secret.yaml"), "{}\n");
    symlinkSync("shop.yaml", join(root, "projects", "inside.yaml"));
    symlinkSync("../secret.yaml", join(root, "projects", "outside.yaml"));
    symlinkSync("/etc/hostname", join(root, "projects", "system.yaml"));
    symlinkSync("nowhere.yaml", join(root, "projects", "broken.yaml"));
    symlinkSync("circle.yaml", join(root, "projects", "circle.yaml"));
    const outside = "is a symbolic link that leads out of the folder";
    const remedy = "put the file itself here, so that a review sees what it says";
    assert.deepEqual(read(), {
      files: ["projects/inside.yaml", "projects/shop.yaml"],
      problems: [
        "projects/broken.yaml: cannot be read (ENOENT); repair or remove it",
        "projects/circle.yaml: cannot be read (ELOOP); repair or remove it",
        `projects/outside.yaml: ${outside}; ${remedy}`,
        `projects/system.yaml: ${outside}; ${remedy}`,
      ],
    });
  });

  it("may be a symbolic link itself", () => {
    write("shop.yaml");
    symlinkSync("projects", join(root, "link"));
    const { files, problems } = readProjectsDirectory("link", root);
    assert.deepEqual([files.map(({ file }) => file), problems], [["link/shop.yaml"], []]);
  });

  it("refuses a file of 1 MiB without reading it, and a named pipe without waiting for it", () => {
    write("large.yaml", "#".repeat(1024 * 1024));
    execFileSync("mkfifo", [join(root, "projects", "pipe.yaml")]);
    assert.deepEqual(read().problems, [
      "projects/large.yaml: has 1024 KiB, and 256 KiB are read at most; split it, or move out what does not belong into it",
      "projects/pipe.yaml: is no regular file; replace it by one, or remove it",
    ]);
  });

  it("is one problem when it is missing or no folder", () => {
    const remedy = "name a folder of project files, in the config key `idp:projects` or by `--projects`";
    const problems = (name: string) => readProjectsDirectory(name, root).problems.map(problemLine);
    assert.deepEqual(problems("nowhere"), [`nowhere: does not exist; ${remedy}`]);
    write("shop.yaml");
    assert.deepEqual(problems("projects/shop.yaml"), [`projects/shop.yaml: is not a folder; ${remedy}`]);
  });

  it("is empty when it is the default one and git has dropped it, but no link that leads nowhere", () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(elsewhere);
    assert.deepEqual(readProjectsDirectory("projects", elsewhere), { files: [], problems: [] });
    assert.deepEqual(readProjectsDirectory("./projects/", elsewhere), { files: [], problems: [] });
    symlinkSync("nowhere", join(elsewhere, "projects"));
    assert.match(
      readProjectsDirectory("projects", elsewhere).problems.map(problemLine).join(),
      /^projects: does not exist/,
    );
  });

  it("gives one report of what cannot be read, of names and of content", () => {
    for (const name of ["My Shop.yaml", "a.b.yaml", "b\u00fccher.yaml", "Shop.yaml"]) write(name);
    write("c.yml");
    write("d.yaml", "[]\n");
    const name = (text: string) => `"${text}" cannot be the name of a project`;
    const rule = "use at most 30 lower-case letters, digits and single `-`, with a letter first, such as";
    const folder = join(root, "projects");
    const message = [
      "6 problems in the input; nothing was changed:",
      `  ${folder}/My Shop.yaml: ${name("My Shop")}; ${rule} \`my-shop\``,
      `  ${folder}/Shop.yaml: ${name("Shop")}; ${rule} \`shop\``,
      `  ${folder}/a.b.yaml: ${name("a.b")}; ${rule} \`a-b\``,
      `  ${folder}/b\u00fccher.yaml: ${name("b\u00fccher")}; ${rule} \`bucher\``,
      `  ${folder}/c.yml: is not a project file: those end in \`.yaml\`; rename it to \`c.yaml\``,
      `  ${folder}/d.yaml:1:1: is a list; write \`key: value\` with the keys applications, databases, quota, secretSync`,
    ].join("\n");
    assert.throws(() => readProjects(folder), { name: "InputError", message });
  });
});
