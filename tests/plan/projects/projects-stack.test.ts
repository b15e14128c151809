import assert from "node:assert/strict";
import { projectsSettings } from "../../../model/projects-settings";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { planProjectsStack } from "../../../plan/projects/projects-stack";
import { someSettings } from "../../support/cluster";
import { applicationOf } from "../../support/some-repository";
import { someProject } from "../../support/some-project";

interface Given {
  readonly webhookHost?: string;
  readonly gitOps?: object;
  readonly github?: object;
}

function warnings(pattern: RegExp, { webhookHost = "", gitOps, github }: Given, ...contents: readonly object[]) {
  const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg", ...gitOps }, github });
  const projects = contents.map((content, index) => someProject(content, `shop-${index}`));
  const platform = planPlatformOutputs(someSettings({ webhookHost }));
  const plan = planProjectsStack("homelab-projects", settings, { projects, platform });
  return plan.warnings.filter((warning) => pattern.test(warning));
}

describe("warnings of the projects stack", () => {
  const shop = { applications: [applicationOf("api", "api")] };

  it("say nothing of the webhooks, which the event source answers", () => {
    assert.deepEqual(warnings(/webhook/, { webhookHost: "hooks.example.com" }, shop, shop), []);
  });

  it("tell of GitHub's free plan where it would refuse the ruleset of the GitOps repository, which is made private", () => {
    assert.deepEqual(warnings(/free plan/, {}), [
      "GitHub's free plan has no rulesets for private repositories: `up` would stop at that of myorg/projects-gitops; " +
        "on that plan, first run `pulumi config set --path idp:gitOps.ruleset false --stack homelab-projects`",
    ]);
    for (const gitOps of [{ mode: "use" }, { mode: "adopt" }, { ruleset: false }])
      assert.deepEqual(warnings(/free plan/, { gitOps }), []);
  });

  it("say nothing of a plan to a GitHub server of one's own, which has rulesets for every repository", () => {
    assert.deepEqual(warnings(/free plan/, { github: { baseUrl: "https://github.lab.example/" } }), []);
  });
});
