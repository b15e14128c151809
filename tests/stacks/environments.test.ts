import assert from "node:assert/strict";
import { join } from "node:path";
import { planCluster } from "../../cli/plan-cluster";
import { readClusterFiles } from "../../inputs/cluster-files";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import type { ComponentPlan } from "../../plan/planned-resource";
import { someSettings } from "../support/cluster";
import { ClusterFolder, exampleFiles } from "../support/cluster-folder";
import { runStack } from "../support/example-stacks";
import type { Registration } from "../support/mock-engine";
import { reaches } from "../support/reaches";

const shop = [
  "applications:",
  "  - name: api",
  "    git: { type: github, owner: myorg, repo: my-api }",
  "    repository: { mode: create, visibility: public }",
  "    port: 8080",
  "    environments: [{ name: develop, branch: develop }]",
  "",
].join("\n");

describe("an environment in the projects stack", () => {
  let folder: ClusterFolder;
  let components: readonly ComponentPlan[];
  let registered: readonly Registration[];

  before(async () => {
    folder = new ClusterFolder({
      ...exampleFiles,
      "Pulumi.homelab.yaml": `${exampleFiles["Pulumi.homelab.yaml"] ?? ""}  idp:webhookHost: hooks.lab.example\n`,
      "projects/shop.yaml": shop,
    });
    const files = readClusterFiles(folder.path);
    const stack = files.stackFiles
      .map((file) => checkSettings(parseStackFile(file)))
      .find(({ role }) => role === "projects");
    assert.ok(stack?.role === "projects");
    const { stacks } = planCluster(files, { stack: "homelab" });
    components = stacks.find(({ role }) => role === "projects")?.components ?? [];
    const settings = { ...stack.settings, projects: join(folder.path, "projects") };
    ({ registered } = await runStack({ ...stack, settings }, someSettings({ webhookHost: "hooks.lab.example" })));
  });

  after(() => {
    folder.dispose();
  });

  const ownOf = (project: string) => registered.filter(({ name }) => name.startsWith(`${project}.`));

  it("is a component like any project, with the resources that the offline plan says", () => {
    const made = registered.filter(({ type }) => type === "idp:projects:Project").map(({ name }) => name);
    assert.deepEqual(made.sort(), ["shop", "shop-develop"]);
    const planned = components.find(({ name }) => name === "shop-develop");
    assert.ok(planned && planned.resources.length > 10);
    const found = ownOf("shop-develop").filter(({ type }) => !type.startsWith("idp:"));
    assert.deepEqual(found.map(({ name }) => name).sort(), planned.resources.map(({ name }) => name).sort());
  });

  it("waits for the repository that its project makes, as the offline plan says, and the project not for it", () => {
    assert.deepEqual(components.find(({ name }) => name === "shop-develop")?.dependsOn, ["gitops", "shop"]);
    const typed = (project: string, type: string) => ownOf(project).filter((resource) => resource.type === type);
    const [repository] = typed("shop", "github:index/repository:Repository");
    assert.ok(repository);
    const keys = typed("shop-develop", "github:index/repositoryDeployKey:RepositoryDeployKey");
    const hooks = typed("shop-develop", "github:index/repositoryWebhook:RepositoryWebhook");
    assert.deepEqual([keys.length, hooks.length], [1, 1]);
    for (const needing of [...keys, ...hooks]) assert.ok(reaches(registered, needing, repository.urn), needing.name);
    for (const { urn } of keys) for (const own of ownOf("shop")) assert.ok(!reaches(registered, own, urn), own.name);
  });
});
