import assert from "node:assert/strict";
import { planTenancy } from "../../../plan/projects/tenancy";
import { deliveredKinds } from "../../../plan/projects/tenancy-argo-cd";
import { at } from "../../support/at";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

describe("a project in Argo CD", () => {
  const found = manifestsOf(planTenancy(someProject(), someCluster).resources, "AppProject");
  const spec = at(found[0], "manifest", "spec");

  it("T24: is one, of the project's name, in the namespace of Argo CD", () => {
    assert.deepEqual(
      found.map(({ name, manifest: { metadata } }) => [name, metadata.name, metadata["namespace"]]),
      [["shop.app-project", "shop", "argocd"]],
    );
  });

  it("T24: takes from one repository, puts into one namespace, and makes nothing of the cluster", () => {
    assert.deepEqual(at(spec, "sourceRepos"), ["git@github.com:myorg/projects-gitops.git"]);
    assert.deepEqual(at(spec, "destinations"), [{ server: "https://kubernetes.default.svc", namespace: "shop" }]);
    assert.deepEqual(at(spec, "clusterResourceWhitelist"), []);
  });

  it("T24: refuses what fences the project in", () => {
    const refused = kinds("namespaceResourceBlacklist");
    for (const kind of ["/ResourceQuota", "/LimitRange", "/ServiceAccount", "networking.k8s.io/NetworkPolicy"])
      assert.ok(refused.includes(kind), kind);
    for (const kind of ["Role", "RoleBinding"]) assert.ok(refused.includes(`rbac.authorization.k8s.io/${kind}`), kind);
    for (const kind of kinds("namespaceResourceWhitelist")) assert.ok(!refused.includes(kind), kind);
  });

  it("T24: takes the kinds of an application, by name, and what a Deployment makes, so that it is shown", () => {
    const allowed = kinds("namespaceResourceWhitelist");
    assert.deepEqual(allowed, [
      ...deliveredKinds.map(({ group, kind }) => `${group}/${kind}`),
      ...["/Pod", "apps/ReplicaSet"],
    ]);
    assert.ok(allowed.includes("apps/Deployment"));
    assert.ok(!allowed.some((kind) => kind.includes("*") || kind === "/Secret"));
  });

  function kinds(list: string): readonly string[] {
    const value = at(spec, list);
    assert.ok(Array.isArray(value));
    return value.map((kind: unknown) => `${String(at(kind, "group"))}/${String(at(kind, "kind"))}`);
  }
});
