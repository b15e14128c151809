import assert from "node:assert/strict";
import { parseProjects, type ProjectOptions } from "../../inputs/project-files";
import { projectOptions } from "../../inputs/project-options";
import { projectsSettings } from "../../model/projects-settings";

function parse(applications: readonly object[], options: ProjectOptions = {}) {
  return parseProjects([{ file: "projects/shop.yaml", bytes: Buffer.from(JSON.stringify({ applications })) }], options);
}

function application(name: string, owner: string, repo: string, repository?: object) {
  return { name, git: { type: "github", owner, repo }, port: 80, ...(repository ? { repository } : {}) };
}

describe("repositories over all files", () => {
  it("are no project's when they are the GitOps repository, in whatever letters", () => {
    const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "MyOrg" } });
    const options = projectOptions(settings);
    assert.throws(() => parse([application("api", "myorg", "Projects-GitOps")], options), {
      name: "InputError",
      message:
        /applications\.0\.git\.repo: "myorg\/Projects-GitOps" is the GitOps repository; build the application from another one$/,
    });
    assert.equal(parse([application("api", "other", "projects-gitops")], options).length, 1);
  });

  it("may be one for applications that say the same of it, by defaults or by words", () => {
    const [project] = parse([
      application("api", "myorg", "shop"),
      application("web", "myorg", "shop", { mode: "use" }),
      application("jobs", "myorg", "shop", { ruleset: false }),
    ]);
    assert.equal(project?.applications.length, 3);
  });

  it("are checked though another application of the file is broken", () => {
    const broken = { name: "broken", git: { type: "github", owner: "-", repo: "x" }, port: 0, repository: 5 };
    assert.throws(() => parse([broken, application("api", "myorg", "api", { visibility: "public" })]), {
      message: /applications\.1\.repository\.visibility: has no effect on a repository with the mode use/,
    });
  });
});
