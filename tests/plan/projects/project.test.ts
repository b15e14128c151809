import assert from "node:assert/strict";
import fc from "fast-check";
import { manifestIdentity, namespaceOf } from "../../../plan/manifest";
import type { PlannedResource } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

const applications = [
  {
    ...{ name: "frontend", port: 80, domains: ["www.example.com", "example.com"] },
    git: { type: "github", owner: "myorg", repo: "my-frontend", hash: null },
  },
  {
    ...{ name: "api", port: 8080, domains: [] },
    git: { type: "github", owner: "myorg", repo: "my-api", branch: "release", hash: "a".repeat(40) },
  },
];

const databases = [
  { name: "mysql", type: "mysql", version: "8.0", port: 3307, size: "5Gi" },
  { name: "cache", type: "redis", version: "7.0", size: "1Gi" },
  { name: "archive", type: "mysql", version: "8.4", size: "1Gi" },
];

describe("plan of a project", () => {
  const project = someProject({ applications, databases });
  const plan = planProject(project, someCluster);
  const { resources } = plan.component;

  it("is a component of the project's name", () => {
    assert.equal(plan.component.type, "idp:projects:Project");
    assert.equal(plan.component.name, "shop");
    assert.ok(resources.every(({ name }) => name.startsWith("shop.")));
  });

  it("tells where each application comes from, how it is built, and where it answers", () => {
    const build = { builder: "buildkit", paths: [], platforms: [], test: false, scan: null, sign: false };
    const usual = { build, release: "commit" };
    assert.deepEqual(plan.applications, [
      {
        ...{ name: "api", repository: "myorg/my-api", branch: "release", pin: "a".repeat(40) },
        ...{ image: "harbor.lab.example/shop/api", port: 8080, addresses: [] },
        ...usual,
      },
      {
        ...{ name: "frontend", repository: "myorg/my-frontend", branch: "main", pin: null },
        ...{ image: "harbor.lab.example/shop/frontend", port: 80 },
        addresses: ["https://www.example.com", "https://example.com"],
        ...usual,
      },
    ]);
  });

  it("tells what each database is and where its applications reach it", () => {
    assert.deepEqual(plan.databases[2], {
      ...{ name: "mysql", type: "mysql", version: "8.0", image: "docker.io/library/mysql:8.0.46" },
      ...{ host: "mysql.shop.svc.cluster.local", port: 3307, size: "5Gi" },
    });
    assert.deepEqual(plan.secrets, ["archive-credentials", "cache-credentials", "mysql-credentials"]);
    assert.deepEqual(
      plan.component.workloads.map(({ name, replicas }) => [name, replicas]),
      [
        ...["archive", "cache", "mysql"].map((name) => [name, 1]),
        ...[
          ["api", 1],
          ["frontend", 1],
        ],
      ],
    );
  });

  it("has two namespaces, of which the one with the volumes stays", () => {
    assert.deepEqual(plan.namespaces, ["shop", "shop-build"]);
    for (const { component } of [plan, planProject(someProject(), someCluster)]) {
      const namespaces = manifestsOf(component.resources, "Namespace");
      assert.deepEqual(
        namespaces.map(({ manifest, retain }) => [manifest.metadata.name, retain]),
        [
          ["shop", true],
          ["shop-build", undefined],
        ],
      );
    }
  });

  it("T13: keeps the namespace that stays closed and limited, and nothing open in it", () => {
    const staying = resources.flatMap((resource) =>
      resource.kind === "manifest" && resource.retain && namespaceOf(resource.manifest) === "shop"
        ? [`${resource.manifest.kind} ${resource.manifest.metadata.name}`]
        : [],
    );
    const credentials = databases.map(({ name }) => `Secret ${name}-credentials`);
    const fence = [
      "LimitRange project",
      "NetworkPolicy allow-dns",
      "NetworkPolicy default-deny",
      "ResourceQuota project",
    ];
    assert.deepEqual(staying.sort(), [...fence, ...credentials].sort());
  });

  it("makes its namespaces before what is in them, and everything after what it depends on", () => {
    const made = new Set<string>();
    for (const resource of resources) {
      const home = resource.kind === "manifest" ? namespaceOf(resource.manifest) : undefined;
      if (home === "shop") assert.ok(made.has("shop.namespace"), resource.name);
      if (home === "shop-build") assert.ok(made.has("shop.build-namespace"), resource.name);
      for (const name of resource.dependsOn ?? []) assert.ok(made.has(name), `${resource.name} after ${name}`);
      made.add(resource.name);
    }
  });

  it("puts every resource into a part", () => {
    const parts = new Set(resources.map(({ part }) => part?.name));
    assert.deepEqual(
      [...parts],
      ["tenancy", "repositories", "secrets", "databases", "registry", "builds", "delivery"].map(
        (part) => `shop.${part}`,
      ),
    );
  });

  it("T40: is the same in whatever order the file lists applications and databases", () => {
    const reversed = someProject({ applications: applications.toReversed(), databases: databases.toReversed() });
    assert.deepEqual(planProject(reversed, someCluster), plan);
  });

  it("stays within six resources for each database beside one policy for all, whatever the engines", () => {
    const bare = count({});
    for (const database of everyDatabase()) assert.equal(count({ databases: [database] }) - bare - 1, 6, database.name);
    const all = everyDatabase();
    assert.equal(count({ databases: all }) - bare - 1, 6 * all.length);
  });

  it("stays within twelve resources for each application beside what the first one brings for all", () => {
    const secrets = { SESSION_KEY: "generated", STRIPE_KEY: "entered" };
    const [first, second] = applications.map((application) => ({ ...application, secrets }));
    const more = count({ applications: [first, second] }) - count({ applications: [first] });
    assert.ok(more > 0 && more <= 12, String(more));
  });

  it("has at most 46 resources once, its components counted, beside those budgets (ADR 0010)", () => {
    const content = { applications: applications.slice(0, 1), databases: databases.slice(0, 1) };
    const more = count({ applications, databases: content.databases }) - count(content);
    const { resources } = planProject(someProject(content), someCluster).component;
    const parts = new Set(resources.map(({ part }) => part?.name)).size;
    assert.equal(resources.length + parts + 1 - more - 6, 46);
  });

  it("T07: gives no two resources of any projects one name, hyphens or not", () => {
    // Letters and hyphens that can be cut in several ways, and words that our own names are made of.
    const words = ["registry", "network", "build-network", "namespace", "limits", "secrets", "workloads", "vault"];
    const slug = fc.oneof(fc.stringMatching(/^[ab](-?[ab]){0,3}$/), fc.constantFrom(...words));
    const services = fc.uniqueArray(fc.tuple(slug, fc.boolean()), { selector: ([name]) => name, maxLength: 4 });
    const files = fc.uniqueArray(fc.tuple(slug, services), { selector: ([name]) => name, maxLength: 5 });
    fc.assert(
      fc.property(files, (projects) => {
        const planned = projects.flatMap(([name, entries]) => resourcesOf(name, entries));
        const logical = planned.map((resource) => resource.name);
        const objects = planned.flatMap((resource) =>
          resource.kind === "manifest" ? [manifestIdentity(resource.manifest)] : [],
        );
        assert.equal(new Set(logical).size, logical.length);
        assert.equal(new Set(objects).size, objects.length);
      }),
    );
  });
});

/** Each name is that of a database, or of an application with a repository and secrets of the same words. */
function resourcesOf(project: string, entries: readonly (readonly [string, boolean])[]): readonly PlannedResource[] {
  const names = (wanted: boolean) => entries.filter(([, isDatabase]) => isDatabase === wanted).map(([name]) => name);
  const content = {
    databases: names(true).map((name) => ({ name, type: "redis", version: "7.2", size: "1Gi" })),
    applications: names(false).map((name) => ({
      ...{ name, port: 80, git: { type: "github", owner: name, repo: "secrets" } },
      secrets: { vault: "entered", webhook: "generated" },
    })),
  };
  return planProject(someProject(content, project), someCluster).component.resources;
}

function count(content: object): number {
  return planProject(someProject(content), someCluster).component.resources.length;
}
