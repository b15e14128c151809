import assert from "node:assert/strict";
import { isGitHub } from "../../../plan/planned-github";
import type { PlannedResource } from "../../../plan/planned-resource";
import { planRepositories } from "../../../plan/projects/repositories";
import { applicationOf, gitHubOf } from "../../support/some-repository";
import { someCluster, someProject } from "../../support/some-project";

function planned(...applications: readonly object[]): readonly PlannedResource[] {
  return planRepositories(someProject({ applications }), someCluster).resources;
}

function warnings(applications: readonly object[], address = someCluster.gitOps.address): readonly string[] {
  const cluster = { ...someCluster, gitOps: { ...someCluster.gitOps, address } };
  return planRepositories(someProject({ applications }), cluster).warnings;
}

describe("repositories that are managed", () => {
  it("that are made are private, and start from a template or a first commit, never both", () => {
    const settingsOf = (repository: object) =>
      gitHubOf(planned(applicationOf("api", "api", { repository })), "github-repository")[0]?.settings;
    assert.deepEqual(settingsOf({ mode: "create" }), { visibility: "private", firstCommit: true });
    assert.deepEqual(settingsOf({ mode: "create", template: "myorg/start", visibility: "public", description: "x" }), {
      ...{ visibility: "public", description: "x" },
      template: "myorg/start",
    });
  });

  it("that are adopted keep everything but a description that is given", () => {
    const settingsOf = (repository: object) =>
      gitHubOf(planned(applicationOf("api", "api", { repository })), "github-repository")[0]?.settings;
    assert.deepEqual(settingsOf({ mode: "adopt" }), {});
    assert.deepEqual(settingsOf({ mode: "adopt", description: "The API" }), { description: "The API" });
  });

  it("close each branch in use by option, and come before what belongs to them", () => {
    const repository = { mode: "create", ruleset: true };
    const plan = planned(
      applicationOf("api", "api", { repository }),
      applicationOf("web", "api", { repository, branch: "release/2" }),
    );
    assert.deepEqual(
      gitHubOf(plan, "github-ruleset").map(({ name, ruleset, branch }) => [name, ruleset, branch]),
      [
        ["shop.myorg.api.ruleset/main", "shop: main", "main"],
        ["shop.myorg.api.ruleset/release/2", "shop: release/2", "release/2"],
      ],
    );
    const others = plan.filter((resource) => isGitHub(resource) && resource.kind !== "github-repository");
    assert.equal(others.length, 5);
    for (const { kind, name, dependsOn } of others) {
      const branch = kind === "github-ruleset" ? ["shop.myorg.api.default-branch"] : [];
      assert.deepEqual(dependsOn, ["shop.myorg.api.repository", ...branch], name);
    }
  });

  it("that are made have the branch of the first application as their default, not that of the account", () => {
    const branchesOf = (repository: object) => {
      const api = applicationOf("api", "my-api", { branch: "production", repository });
      const web = applicationOf("web", "my-api", { branch: "main", repository });
      const both = [planned(api, web), planned(web, api)];
      return both.map((plan) => gitHubOf(plan, "github-default-branch").map(({ name, branch }) => [name, branch]));
    };
    const expected = [["shop.myorg.my-api.default-branch", "production"]];
    assert.deepEqual(branchesOf({ mode: "create" }), [expected, expected]);
    assert.deepEqual(branchesOf({ mode: "create", template: "myorg/start" }), [expected, expected]);
    for (const mode of ["use", "adopt"]) assert.deepEqual(branchesOf({ mode }), [[], []], mode);
  });

  it("say once which rulesets GitHub's free plan would refuse, and what to write", () => {
    const closed = { mode: "create", ruleset: true };
    const api = applicationOf("api", "api", { repository: closed });
    const web = applicationOf("web", "web", { repository: closed });
    assert.deepEqual(warnings([api, web]), [
      "GitHub's free plan has no rulesets for private repositories: `up` would stop at that of myorg/api, myorg/web; " +
        "on that plan, first say `repository.ruleset: false` in the project's file, or `visibility: public`",
    ]);
    const others = [
      { ...closed, visibility: "public" },
      { mode: "create" },
      { mode: "use", ruleset: true },
      { mode: "adopt", ruleset: true },
    ];
    for (const repository of others) assert.deepEqual(warnings([applicationOf("api", "api", { repository })]), []);
    assert.deepEqual(warnings([api], "git@github.lab.example:myorg/projects-gitops.git"), []);
  });
});
