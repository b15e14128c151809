import assert from "node:assert/strict";
import { parseProjects } from "../../inputs/project-files";
import { pushEventName } from "../../model/names";
import { pushRuleFiles } from "../../plan/pipeline/push-rules";
import type { PlannedResource } from "../../plan/planned-resource";
import type { ProjectPlan } from "../../plan/projects/project-plan";
import { vaultPolicyRules } from "../../plan/projects/vault-access";
import type { StackPlan } from "../../plan/stack-plan";
import { manifestsOf } from "../support/some-project";
import { gitHubOf } from "../support/some-repository";
import { planOf, sourcesOf } from "../support/staged-files";
import { allowedOn, parsePolicy } from "../support/vault-policy";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const secrets = { SESSION_KEY: "generated", MAIL_PASSWORD: "entered" };
const api = { name: "api", git, port: 8080, domains: ["api.example.com"], uses: ["mysql", "redis"], secrets };
const develop = { name: "develop", branch: "develop", domains: ["dev.example.com"], databases: ["mysql"] };
const databases = [
  { name: "mysql", type: "mysql", version: "8.0", size: "5Gi" },
  { name: "redis", type: "redis", version: "7.0", size: "1Gi" },
];
const repository = { mode: "create", visibility: "public", ruleset: true };
const shop = { applications: [{ ...api, repository, environments: [develop] }], databases };

function projectNamed(plan: StackPlan, name: string): ProjectPlan {
  const found = plan.projects.find((project) => project.name === name);
  assert.ok(found, name);
  return found;
}

describe("an environment in the plan", () => {
  const plan = planOf([{ name: "shop", content: shop }]);
  const [main, there] = [projectNamed(plan, "shop"), projectNamed(plan, "shop-develop")];
  const { resources } = there.component;

  it("has namespaces, hosts, images and Vault secrets of its own", () => {
    assert.deepEqual(there.environmentOf, { project: "shop", name: "develop" });
    assert.deepEqual(there.namespaces, ["shop-develop", "shop-develop-build"]);
    assert.deepEqual(
      there.applications.map(({ image, addresses }) => [image, addresses]),
      [["harbor.lab.example/shop-develop/api", ["https://dev.example.com"]]],
    );
    assert.deepEqual(
      there.vaultSecrets.map(({ path }) => path),
      [
        "projects/shop-develop/applications/api",
        "projects/shop-develop/applications/api/entered/MAIL_PASSWORD",
        "projects/shop-develop/databases/mysql",
        "projects/shop-develop/github",
        "projects/shop-develop/registry",
      ],
    );
  });

  it("has the databases that it chose, each a new one with its own password", () => {
    assert.deepEqual(
      [main, there].map((project) => project.databases.map(({ host, size }) => `${host} ${size}`)),
      [
        ["mysql.shop.svc.cluster.local 5Gi", "redis.shop.svc.cluster.local 1Gi"],
        ["mysql.shop-develop.svc.cluster.local 5Gi"],
      ],
    );
    const passwords = (all: readonly PlannedResource[]) =>
      all.filter(({ kind, name }) => kind === "password" && name.includes(".mysql.")).map(({ name }) => name);
    assert.ok(passwords(resources).length > 0);
    assert.ok(passwords(resources).every((name) => name.startsWith("shop-develop.mysql.")));
    assert.deepEqual(
      manifestsOf(resources, "StatefulSet").map(({ protect, retain }) => [protect, retain]),
      manifestsOf(main.component.resources, "StatefulSet")
        .slice(0, 1)
        .map(({ protect, retain }) => [protect, retain]),
    );
  });

  it("T04: hears of its branch by a webhook and a key of its own, and leaves the repository to the project", () => {
    assert.deepEqual(
      [main, there].map(({ applications, repositories }) => [applications[0]?.branch, ...repositories]),
      [
        ["main", { name: "myorg/my-api", mode: "create", webhook: "https://hooks.example.com/push/shop/myorg/my-api" }],
        [
          "develop",
          { name: "myorg/my-api", mode: "use", webhook: "https://hooks.example.com/push/shop-develop/myorg/my-api" },
        ],
      ],
    );
    const kinds = ["github-repository", "github-default-branch", "github-ruleset"] as const;
    assert.deepEqual(
      kinds.map((kind) => [gitHubOf(main.component.resources, kind).length, gitHubOf(resources, kind).length]),
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    );
    const all = [...main.component.resources, ...resources];
    const webhookKeys = gitHubOf(all, "github-webhook").map(({ secret }) => JSON.stringify(secret));
    assert.equal(new Set(webhookKeys).size, 2);
    assert.equal(new Set(gitHubOf(all, "github-deploy-key").map(({ title }) => title)).size, 2);
  });

  it("T06: starts a build for a push to its branch and for no other, in its own build namespace", () => {
    const rules = pushRuleFiles(parseProjects(sourcesOf([{ name: "shop", content: shop }])));
    const facts = (text = "") => [/"ref"\]="([^"]+)"/, /"namespace"\]="([^"]+)"/].map((form) => form.exec(text)?.[1]);
    assert.deepEqual(facts(rules[pushEventName("shop", "api")]), ["refs/heads/main", "shop-build"]);
    assert.deepEqual(facts(rules[pushEventName("shop-develop", "api")]), ["refs/heads/develop", "shop-develop-build"]);
  });

  it("is made after its project, whose repository it uses", () => {
    const order = plan.components.map(({ name }) => name).filter((name) => name.startsWith("shop"));
    assert.deepEqual(order, ["shop", "shop-develop"]);
    const needs = (name: string) => plan.components.find((component) => component.name === name)?.dependsOn;
    assert.deepEqual(needs("shop"), ["gitops"]);
    assert.deepEqual(needs("shop-develop"), ["gitops", "shop"]);
  });

  it("changes nothing of its project", () => {
    const { applications } = shop;
    const alone = planOf([
      { name: "shop", content: { databases, applications: [{ ...applications[0], environments: [] }] } },
    ]);
    assert.deepEqual(projectNamed(alone, "shop"), main);
  });

  it("is what a file of its name would make, but for the words that name the file", () => {
    const { branch, domains, databases: uses } = develop;
    const application = { ...api, git: { ...git, branch }, domains, uses };
    const file = { applications: [application], databases: databases.slice(0, 1) };
    const own = projectNamed(planOf([{ name: "shop-develop", content: file }]), "shop-develop");
    const named = (project: ProjectPlan) =>
      JSON.stringify(project).replaceAll("projects/shop.yaml", "projects/shop-develop.yaml");
    const { environmentOf } = there;
    assert.ok(environmentOf);
    assert.notEqual(JSON.stringify({ ...own, environmentOf }), JSON.stringify(there));
    assert.deepEqual(JSON.parse(named({ ...own, environmentOf })), JSON.parse(named(there)));
  });

  it("T18: reads nothing of its project in Vault, and its project nothing of it", () => {
    for (const [reader, owner] of [
      ["shop", there],
      ["shop-develop", main],
    ] as const) {
      const rules = parsePolicy(vaultPolicyRules(reader, "idp"));
      for (const { path } of owner.vaultSecrets)
        for (const branch of ["data", "metadata"])
          assert.deepEqual(allowedOn(`idp/${branch}/${path}`, rules), [], `${reader} on ${path}`);
    }
  });
});
