import assert from "node:assert/strict";
import { projectsSettings } from "../../../model/projects-settings";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { accessWarnings, ownersOf, statusWarnings } from "../../../plan/projects/github-access";
import { planProjectsStack } from "../../../plan/projects/projects-stack";
import { someSettings } from "../../support/cluster";
import { someProject } from "../../support/some-project";

const stack = "homelab-projects";

function ofOwner(owner: string) {
  return someProject({ applications: [{ name: "api", git: { type: "github", owner, repo: "my-api" }, port: 80 }] });
}

const projects = [ofOwner("MyOrg"), ofOwner("other")];

function warnings(parts: Readonly<Record<string, readonly string[]>>, apps: object = {}): readonly string[] {
  const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" }, github: { apps } });
  return accessWarnings({ stack, settings, projects, secretParts: new Map(Object.entries(parts)) });
}

const app = { id: 1, installationId: 2 };

describe("an owner on GitHub in use", () => {
  it("is one of the GitOps repository or of an application", () => {
    const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });
    assert.deepEqual(ownersOf(settings, projects), ["myorg", "MyOrg", "other"]);
  });

  it("is told once when nothing is set for it, with the command", () => {
    const command = (owner: string) =>
      `\`pulumi config set --secret --path idp:githubTokens.${owner} --stack ${stack}\``;
    assert.deepEqual(warnings({}), [
      `MyOrg has no token or App yet: ${command("MyOrg")}`,
      `other has no token or App yet: ${command("other")}`,
    ]);
    assert.deepEqual(warnings({ githubTokens: ["MYORG", "unused"] }), [
      `other has no token or App yet: ${command("other")}`,
    ]);
    assert.deepEqual(warnings({ githubTokens: ["myorg", "Other"] }), []);
  });

  it("has an App with its key, or is told that the key is missing", () => {
    assert.deepEqual(warnings({ githubTokens: ["myorg"], githubAppKeys: ["OTHER"] }, { Other: app }), []);
    assert.deepEqual(warnings({ githubTokens: ["myorg"], githubAppKeys: ["third"] }, { Other: app }), [
      `the App of other has no private key yet: \`pulumi config set --secret --path idp:githubAppKeys.other --stack ${stack} < FILE\``,
    ]);
    assert.equal(warnings({ githubTokens: ["myorg"], githubAppKeys: ["other"] }).length, 1);
  });
});

describe("an owner of applications", () => {
  const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "gitops-owner" } });
  const told = (...owners: readonly string[]) =>
    statusWarnings({ stack, settings, projects, secretParts: new Map([["githubStatusTokens", owners]]) });

  it("is told once when no token shows the states of its builds, with the command", () => {
    const sentence = (owner: string) =>
      `GitHub shows no state of builds on the commits of ${owner} without a token for that: ` +
      `\`pulumi config set --secret --path idp:githubStatusTokens.${owner} --stack ${stack}\``;
    const twice = { stack, settings, projects: [...projects, ofOwner("myorg")], secretParts: new Map() };
    assert.deepEqual(statusWarnings(twice), [sentence("myorg"), sentence("other")]);
    assert.deepEqual(told("MYORG", "unused"), [sentence("other")]);
    assert.deepEqual(told("myorg", "Other"), []);
    assert.deepEqual(statusWarnings({ stack, settings, projects }), []);
  });
});

describe("plan of a projects stack", () => {
  const settings = projectsSettings.parse({ platform: "homelab", projects: "our/", gitOps: { owner: "myorg" } });
  const platform = planPlatformOutputs(someSettings());

  it("says where the first project file goes", () => {
    const plan = planProjectsStack(stack, settings, { projects: [], platform });
    assert.ok(plan.warnings.includes("our/ has no project file yet: docs/project-yaml.md has an example"));
    const full = planProjectsStack(stack, settings, { projects, platform });
    assert.ok(full.warnings.every((warning) => !warning.includes("has no project file")));
  });

  it("says nothing of access where nobody knows what is set", () => {
    const told = (secretParts: object) =>
      planProjectsStack(stack, settings, { projects, platform, ...secretParts }).warnings.join();
    assert.doesNotMatch(told({}), /no token or App/);
    assert.match(told({ secretParts: new Map() }), /MyOrg has no token or App yet.*other has no token or App yet/);
  });
});
