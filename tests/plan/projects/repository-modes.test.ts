import assert from "node:assert/strict";
import { isGitHub } from "../../../plan/planned-github";
import type { PlannedResource } from "../../../plan/planned-resource";
import { planRepositories } from "../../../plan/projects/repositories";
import { applicationOf, gitHubOf } from "../../support/some-repository";
import { someCluster, someProject } from "../../support/some-project";

function planned(...applications: readonly object[]): readonly PlannedResource[] {
  return planRepositories(someProject({ applications }), someCluster).resources;
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
    assert.equal(others.length, 4);
    for (const { name, dependsOn } of others) assert.deepEqual(dependsOn, ["shop.myorg.api.repository"], name);
  });
});
