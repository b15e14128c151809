import assert from "node:assert/strict";
import { ProjectComponent } from "../../components/project";
import { planProject } from "../../plan/projects/project";
import { at } from "../support/at";
import { gitHubProviders } from "../support/github-providers";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { applicationOf } from "../support/some-repository";
import { someCluster, someProject } from "../support/some-project";

const applications = [
  applicationOf("api", "my-api"),
  applicationOf("web", "web", { repository: { mode: "create", description: "The shop", ruleset: true } }),
  applicationOf("copy", "copy", { repository: { mode: "create", template: "myorg/start" } }),
  applicationOf("old", "old", { repository: { mode: "adopt" } }),
];

describe("component ProjectComponent: GitHub", () => {
  let registered: readonly Registration[];

  before(async () => {
    const project = someProject({ applications });
    registered = await deploy(() => {
      new ProjectComponent({ plan: planProject(project, someCluster), gitHub: gitHubProviders("MyOrg") });
    });
  });

  function named(name: string): Registration {
    const found = registered.find((registration) => registration.name === name);
    assert.ok(found, name);
    return found;
  }

  function ofType(type: string): readonly Registration[] {
    return registered.filter((registration) => registration.type.endsWith(`:${type}`));
  }

  it("T05: every webhook is called by https, as JSON, for pushes alone, and its certificate is checked", () => {
    const hooks = ofType("RepositoryWebhook");
    assert.equal(hooks.length, 4);
    for (const { inputs, name } of hooks) {
      assert.deepEqual(inputs["events"], ["push"], name);
      assert.equal(inputs["active"], true, name);
      assert.match(String(at(inputs, "configuration", "url")), /^https:\/\/hooks\.example\.com\/push\/shop\/myorg\//);
      assert.equal(at(inputs, "configuration", "contentType"), "json", name);
      assert.equal(at(inputs, "configuration", "insecureSsl"), false, name);
    }
  });

  it("T04: GitHub, the cluster and Vault hold the same key for a webhook, each time as a secret", () => {
    const secret = mockedPassword("shop.myorg.my-api.webhook-secret");
    const [hook, webhooks, leaf] = ["myorg.my-api.webhook", "repository-webhooks", "repository-vault"].map((name) =>
      named(`shop.${name}`),
    );
    assert.equal(at(hook?.inputs, "configuration", "secret"), secret);
    assert.equal(at(webhooks?.inputs, "stringData", "myorg.my-api"), secret);
    const data: unknown = JSON.parse(String(leaf?.inputs["dataJson"]));
    assert.equal(at(data, "myorg.my-api.webhook-secret"), secret);
    for (const resource of registered) {
      const holders = Object.entries(resource.inputs).filter(([, value]) => JSON.stringify(value).includes("canary-"));
      for (const [key] of holders) assert.ok(resource.secretInputs.includes(key), `${resource.name}.${key}`);
    }
  });

  it("T31: deploy keys are read-only and public halves", () => {
    const keys = ofType("RepositoryDeployKey");
    assert.equal(keys.length, 4);
    assert.ok(keys.every(({ inputs }) => inputs["readOnly"] === true));
    assert.ok(keys.every(({ inputs }) => !JSON.stringify(inputs).includes("canary-")));
  });

  it("adopts a repository by its name and ignores all that the provider would set to its own default", () => {
    const { inputs, importId, ignoreChanges, protect, retainOnDelete } = named("shop.myorg.old.repository");
    assert.equal(importId, "old");
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    assert.deepEqual(inputs, { name: "old", archiveOnDestroy: true });
    for (const field of [
      "description",
      "hasWiki",
      "allowMergeCommit",
      "deleteBranchOnMerge",
      "homepageUrl",
      "template",
    ])
      assert.ok(ignoreChanges.includes(field), field);
    assert.ok(!ignoreChanges.includes("archiveOnDestroy") && !ignoreChanges.includes("name"));
  });

  it("makes a repository private, protected and archived instead of deleted, and leaves the rest to people", () => {
    const { inputs, importId, ignoreChanges, protect, retainOnDelete } = named("shop.myorg.web.repository");
    assert.deepEqual([importId, protect, retainOnDelete], ["", true, false]);
    assert.deepEqual(inputs, {
      ...{ name: "web", archiveOnDestroy: true, visibility: "private", description: "The shop" },
      ...{ hasIssues: true, autoInit: true },
    });
    assert.ok(!ignoreChanges.includes("description") && !ignoreChanges.includes("visibility"));
    for (const field of ["autoInit", "hasIssues", "hasWiki", "archived"])
      assert.ok(ignoreChanges.includes(field), field);
    const copy = named("shop.myorg.copy.repository").inputs;
    assert.deepEqual(copy["template"], { owner: "myorg", repository: "start" });
    assert.ok(!("autoInit" in copy));
  });

  it("makes a repository before what belongs to it", () => {
    const repository = named("shop.myorg.web.repository").urn;
    for (const role of ["webhook", "read-key", "ruleset/main"])
      assert.ok(named(`shop.myorg.web.${role}`).dependencies.includes(repository), role);
  });

  it("names the default branch of a repository that it makes, once, and leaves it to people from then on", () => {
    const { inputs, ignoreChanges, dependencies } = named("shop.myorg.web.default-branch");
    assert.deepEqual(inputs, { repository: "web", branch: "main", rename: true, waitForRename: true });
    assert.deepEqual(ignoreChanges, ["branch", "repository"]);
    assert.ok(dependencies.includes(named("shop.myorg.web.repository").urn));
    assert.ok(named("shop.myorg.web.ruleset/main").dependencies.includes(named("shop.myorg.web.default-branch").urn));
    assert.deepEqual(
      ofType("BranchDefault").map(({ name }) => name),
      ["shop.myorg.copy.default-branch", "shop.myorg.web.default-branch"],
    );
  });

  it("takes away a webhook and a deploy key before their successors come, which GitHub refuses beside them", () => {
    const successors = [...ofType("RepositoryWebhook"), ...ofType("RepositoryDeployKey")];
    assert.equal(successors.length, 8);
    for (const { deleteBeforeReplace, name } of successors) assert.equal(deleteBeforeReplace, true, name);
  });

  it("writes over a file that is there already, such as that of an application that was here before", () => {
    const files = ofType("RepositoryFile");
    assert.equal(files.length, applications.length);
    for (const { inputs, name } of files) assert.equal(inputs["overwriteOnCreate"], true, name);
  });

  it("T32: a ruleset forbids deletion and force pushes of its branch, to everyone", () => {
    const { inputs } = named("shop.myorg.web.ruleset/main");
    assert.deepEqual(inputs, {
      ...{ name: "shop: main", repository: "web", target: "branch", enforcement: "active" },
      conditions: { refName: { includes: ["refs/heads/main"], excludes: [] } },
      rules: { deletion: true, nonFastForward: true },
    });
  });

  it("T42: goes to the provider of the repository's owner, in whatever letters the owner is written", () => {
    const onGitHub = registered.filter(({ type }) => type.startsWith("github:"));
    assert.ok(onGitHub.length >= 3 + 4 + 4 + 1);
    for (const { provider, name } of onGitHub) assert.match(provider, /pulumi:providers:github::github-myorg::/, name);
  });

  it("fails for an owner without a provider", async () => {
    const project = someProject({ applications: applications.slice(0, 1) });
    const build = () =>
      new ProjectComponent({ plan: planProject(project, someCluster), gitHub: gitHubProviders("other") });
    await assert.rejects(deploy(build), /^Error: shop\.myorg\.my-api\.webhook needs a provider for myorg on GitHub$/);
  });
});
