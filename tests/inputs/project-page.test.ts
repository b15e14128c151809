import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseProjects } from "../../inputs/project-files";
import { application } from "../../model/application";
import type { Project } from "../../model/project";

/** Blocks that are indented by four, without the commands of a shell. */
function blocksOf(page: string): readonly string[] {
  const blocks = page.match(/(?<=\n\n)( {4}.*\n)+/g) ?? [];
  return blocks.map((block) => block.replaceAll(/^ {4}/gm, "")).filter((block) => /^[a-z]+:/.test(block));
}

function projectsOf(content: string): readonly Project[] {
  return parseProjects([{ file: "projects/shop.yaml", bytes: new TextEncoder().encode(content) }]);
}

describe("YAML of docs/project-yaml.md", () => {
  const blocks = blocksOf(readFileSync(join(__dirname, "../../docs/project-yaml.md"), "utf8"));
  const files = blocks.filter((block) => block.startsWith("applications:"));

  it("is there: a whole file, and parts of an application", () => {
    assert.ok(files.length >= 1 && blocks.length > files.length, `${blocks.length} blocks, ${files.length} files`);
  });

  for (const block of blocks) {
    const [title] = block.split("\n");
    if (files.includes(block)) continue;
    it(`is what an application may say: ${title ?? ""}`, () => {
      const part: unknown = parse(block);
      const git = { type: "github", owner: "myorg", repo: "my-api" };
      const checked = application.safeParse({ name: "api", git, port: 80, ...Object(part) });
      assert.deepEqual(checked.error?.issues, undefined);
    });
  }

  it("shows environments that are the projects which the page says", () => {
    assert.deepEqual(
      files
        .flatMap(projectsOf)
        .map(({ name, applications, databases }) => [
          name,
          applications.map((each) =>
            `${each.name} ${each.git.branch} ${each.git.hash === null ? "" : "pinned"}`.trim(),
          ),
          databases.map((database) => database.name),
        ]),
      [
        ["shop", ["api main pinned", "frontend main"], ["mysql", "redis"]],
        ["shop-develop", ["api develop", "frontend develop"], ["mysql"]],
        ["shop-publish", ["api main"], ["mysql", "redis"]],
      ],
    );
  });
});
