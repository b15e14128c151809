import assert from "node:assert/strict";
import fc from "fast-check";
import { manifestIdentity } from "../../../plan/manifest";
import type { PlannedResource } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import { at } from "../../support/at";
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

  it("tells where each application comes from and where it answers", () => {
    assert.deepEqual(plan.applications, [
      {
        ...{ name: "api", repository: "myorg/my-api", branch: "release", pin: "a".repeat(40) },
        ...{ image: "harbor.lab.example/shop/api", port: 8080, addresses: [] },
      },
      {
        ...{ name: "frontend", repository: "myorg/my-frontend", branch: "main", pin: null },
        ...{ image: "harbor.lab.example/shop/frontend", port: 80 },
        addresses: ["https://www.example.com", "https://example.com"],
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
        ["archive", 1],
        ["cache", 1],
        ["mysql", 1],
      ],
    );
  });

  it("T11: has one namespace that enforces the baseline level at a fixed version, and that stays", () => {
    const namespaces = manifestsOf(resources, "Namespace");
    assert.deepEqual(
      namespaces.map(({ manifest }) => manifest.metadata.name),
      ["shop"],
    );
    const labels = at(namespaces[0], "manifest", "metadata", "labels");
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "baseline");
    assert.match(String(at(labels, "pod-security.kubernetes.io/enforce-version")), /^v1\.\d+$/);
    assert.equal(at(labels, "app.kubernetes.io/part-of"), "shop");
    assert.equal(namespaces[0]?.retain, true);
    assert.equal(
      manifestsOf(planProject(someProject(), someCluster).component.resources, "Namespace")[0]?.retain,
      true,
    );
  });

  it("puts everything else into that namespace, after it", () => {
    const first = resources.findIndex(({ name }) => name === "shop.namespace");
    assert.equal(first, 0);
    for (const resource of resources.slice(1)) {
      if (resource.kind !== "manifest") continue;
      assert.equal(resource.manifest.metadata["namespace"], "shop", resource.name);
      assert.ok(resource.dependsOn?.some((name) => ["shop.namespace", credentials(resource.name)].includes(name)));
    }
  });

  it("T40: is the same in whatever order the file lists applications and databases", () => {
    const reversed = someProject({ applications: applications.toReversed(), databases: databases.toReversed() });
    assert.deepEqual(planProject(reversed, someCluster), plan);
  });

  it("stays within six resources for each database, whatever the engines", () => {
    const bare = planProject(someProject(), someCluster).component.resources.length;
    for (const database of everyDatabase()) {
      const alone = planProject(someProject({ databases: [database] }), someCluster).component.resources.length;
      assert.equal(alone - bare, 6, database.name);
    }
    const all = planProject(someProject({ databases: everyDatabase() }), someCluster).component.resources.length;
    // One policy for each of the four types, and two passwords, a Secret, a Service and a StatefulSet each.
    assert.equal(all - bare, 4 + 5 * everyDatabase().length);
  });

  it("T07: gives no two resources of any projects one name, hyphens or not", () => {
    const slug = fc.stringMatching(/^[ab](-?[ab]){0,3}$/);
    const databasesOf = fc.uniqueArray(slug, { maxLength: 3 });
    const files = fc.uniqueArray(fc.tuple(slug, databasesOf), { selector: ([name]) => name, maxLength: 5 });
    fc.assert(
      fc.property(files, (projects) => {
        const planned = projects.flatMap(([name, names]) => redisProject(name, names));
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

function redisProject(project: string, names: readonly string[]): readonly PlannedResource[] {
  const rows = names.map((name) => ({ name, type: "redis", version: "7.2", size: "1Gi" }));
  return planProject(someProject({ databases: rows }, project), someCluster).component.resources;
}

function credentials(resource: string): string {
  return resource.replace(/\.server$/, ".credentials");
}
