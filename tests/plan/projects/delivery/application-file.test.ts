import assert from "node:assert/strict";
import fc from "fast-check";
import { manifestIdentity } from "../../../../plan/manifest";
import { planDelivery } from "../../../../plan/projects/delivery";
import { planProject } from "../../../../plan/projects/project";
import { deliveredKinds } from "../../../../plan/projects/tenancy-argo-cd";
import { at } from "../../../support/at";
import { gitOpsFiles, objectsIn } from "../../../support/delivered";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const commit = "0123456789abcdef0123456789abcdef01234567";

function api(more: object = {}, hash: string | null = null) {
  return { name: "api", port: 8080, git: { type: "github", owner: "myorg", repo: "my-api", hash }, ...more };
}

function fileOf(more: object = {}, cluster = someCluster) {
  const [file, ...others] = gitOpsFiles(planDelivery(someProject({ applications: [api(more)] }), cluster).resources);
  assert.ok(file && others.length === 0);
  return file;
}

describe("plan of an application's file", () => {
  it("is written to the application's folder of the GitOps repository, and says whose it is", () => {
    const { content, ...file } = fileOf();
    assert.deepEqual(file, {
      ...{ kind: "github-file", name: "shop.api.application-file" },
      ...{ owner: "myorg", repository: "projects-gitops", branch: "main" },
      ...{ path: "apps/shop/api/application.yaml", message: "describe shop/api" },
    });
    assert.match(content, /^# `pulumi up` writes this file from projects\/shop\.yaml/);
  });

  it("holds what the application needs and nothing else", () => {
    const kinds = (more: object) => objectsIn(fileOf(more)).map(({ kind }) => kind);
    assert.deepEqual(kinds({}), ["Deployment", "Service"]);
    assert.deepEqual(kinds({ replicas: 2, secrets: { KEY: "entered" } }), [
      ...["ExternalSecret", "Deployment", "Service", "PodDisruptionBudget"],
    ]);
    const service = objectsIn(fileOf())[1];
    assert.deepEqual(at(service, "spec", "ports"), [{ name: "http", port: 8080, targetPort: "http" }]);
    assert.deepEqual(at(service, "spec", "selector"), {
      ...{ "app.kubernetes.io/component": "application", "app.kubernetes.io/name": "api" },
    });
  });

  it("is the same in whatever order a person lists domains and variables", () => {
    const one = {
      domains: ["a.example", "b.example"],
      env: { A: "1", B: "2" },
      secrets: { C: "entered", D: "entered" },
    };
    const other = {
      secrets: { D: "entered", C: "entered" },
      env: { B: "2", A: "1" },
      domains: ["b.example", "a.example"],
    };
    assert.equal(fileOf(one).content, fileOf(other).content);
  });

  it("T28: knows no release: neither a commit nor a digest, and CI's own file is no resource", () => {
    const project = someProject({ applications: [api({}, commit), { ...api(), name: "frontend" }] });
    const files = gitOpsFiles(planProject(project, someCluster).component.resources);
    assert.deepEqual(
      files.map(({ path }) => path),
      ["apps/shop/api/application.yaml", "apps/shop/frontend/application.yaml"],
    );
    for (const { content } of files) assert.doesNotMatch(content, /[0-9a-f]{12}|sha256/);
  });

  it("T27: Pulumi and Argo CD never own the same object", () => {
    const name = fc.stringMatching(/^[ab](-?[ab]){0,3}$/);
    const row = fc.record({ name, replicas: fc.integer({ min: 1, max: 2 }), domains: fc.subarray(domains) });
    const rows = fc.uniqueArray(row, { selector: (one) => one.name, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.boolean(), (items, issuer) => {
        const content = { applications: items.map((item) => api({ ...item, ...secretive })), databases };
        const cluster = { ...someCluster, tls: { ...someCluster.tls, issuer } };
        const { resources } = planProject(someProject(content, "ab"), cluster).component;
        const ours = resources.flatMap((one) => (one.kind === "manifest" ? [manifestIdentity(one.manifest)] : []));
        const delivered = gitOpsFiles(resources).map((file) => objectsIn(file).map(manifestIdentity));
        assert.ok(delivered.every((objects) => objects.length > 2 && new Set(objects).size === objects.length));
        assert.deepEqual(
          delivered.flat().filter((identity) => ours.includes(identity)),
          [],
        );
      }),
      { numRuns: 50 },
    );
  });

  it("T27: has everything in the project's namespace, and only kinds that Argo CD may take for it", () => {
    const file = fileOf({ replicas: 2, domains: ["api.example.com"], secrets: { KEY: "generated" } });
    const allowed = deliveredKinds.map(({ group, kind }) => `${group}/${kind}`);
    const found = objectsIn(file).map(({ apiVersion, kind, metadata }) => {
      assert.equal(metadata["namespace"], "shop");
      assert.equal(at(metadata, "labels", "app.kubernetes.io/part-of"), "shop");
      return `${apiVersion.includes("/") ? apiVersion.replace(/\/.*/, "") : ""}/${kind}`;
    });
    assert.deepEqual([...new Set(found)].sort(), [...allowed].sort());
  });

  it("makes no ApplicationSet and no file for a project without applications", () => {
    assert.deepEqual(planDelivery(someProject({ databases }), someCluster).resources, []);
    assert.equal(
      manifestsOf(planDelivery(someProject({ applications: [api()] }), someCluster).resources, "ApplicationSet").length,
      1,
    );
  });

  it("counts the pods of applications in the footprint", () => {
    const resources = { cpu: "100m", memory: "64Mi" };
    const { workloads } = planProject(
      someProject({ applications: [api({ replicas: 3, resources })] }),
      someCluster,
    ).component;
    assert.deepEqual(workloads, [{ name: "api", replicas: 3, requests: resources }]);
  });
});

const domains = ["a.example", "b.example", `${"c".repeat(60)}.example`];
const databases = [{ name: "mysql", type: "mysql", version: "8.0", size: "5Gi" }];
const secretive = { uses: ["mysql"], secrets: { KEY: "generated" } };
