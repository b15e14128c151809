import assert from "node:assert/strict";
import { manifestIdentity } from "../../../plan/manifest";
import { planDatabase } from "../../../plan/projects/database";
import { planTenancy } from "../../../plan/projects/tenancy";
import { at } from "../../support/at";
import { anApplication } from "../../support/project-network";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

describe("tenancy of a project", () => {
  const { resources } = planTenancy(someProject(), someCluster);
  const podSecurity = "pod-security.kubernetes.io";

  it("T11: has a namespace at the baseline level, and one for builds that alone may be privileged", () => {
    const levels = manifestsOf(resources, "Namespace").map(({ name, retain, manifest: { metadata } }) => [
      ...[name, metadata.name, retain],
      at(metadata, "labels", `${podSecurity}/enforce`),
      at(metadata, "labels", `${podSecurity}/audit`),
    ]);
    assert.deepEqual(levels, [
      ["shop.namespace", "shop", true, "baseline", undefined],
      ["shop.build-namespace", "shop-build", undefined, "privileged", "baseline"],
    ]);
  });

  it("T11: names the version of every level", () => {
    for (const { manifest } of manifestsOf(resources, "Namespace")) {
      const labels = Object.entries(at(manifest, "metadata", "labels") ?? {});
      const levels = labels.filter(([key]) => key.startsWith(podSecurity) && !key.endsWith("-version"));
      assert.ok(levels.length >= 2);
      for (const [key] of levels)
        assert.match(String(at(manifest, "metadata", "labels", `${key}-version`)), /^v1\.\d+$/);
    }
  });

  it("labels everything as the project's", () => {
    const manifests = resources.flatMap((resource) => (resource.kind === "manifest" ? [resource.manifest] : []));
    assert.equal(manifests.length, resources.length);
    for (const object of manifests)
      assert.equal(at(object.metadata, "labels", "app.kubernetes.io/part-of"), "shop", manifestIdentity(object));
  });

  it("T15: gives pods an account without token and rights", () => {
    const [account, ...others] = manifestsOf(resources, "ServiceAccount");
    assert.deepEqual(others, []);
    assert.equal(account?.manifest.metadata.name, "workloads");
    assert.equal(account.manifest["automountServiceAccountToken"], false);
    assert.deepEqual(
      resources.filter(({ kind, name }) => kind === "manifest" && /role|binding/i.test(name)),
      [],
    );
  });

  it("T15: runs every database under it, without a token and without the node's folders and network", () => {
    const project = someProject({ databases: everyDatabase() });
    for (const database of project.databases) {
      const [set] = manifestsOf(planDatabase(project, database, someCluster).resources, "StatefulSet");
      const pod = at(set, "manifest", "spec", "template", "spec");
      assert.equal(at(pod, "serviceAccountName"), "workloads", database.name);
      assert.equal(at(pod, "automountServiceAccountToken"), false, database.name);
      assert.doesNotMatch(JSON.stringify(pod), /hostPath|hostNetwork|hostPID|hostIPC|docker\.sock/);
      assert.ok(set?.dependsOn?.includes("shop.workloads"), database.name);
    }
  });

  it("T12: gives no pod of the project what the baseline level refuses", () => {
    const project = someProject({ databases: everyDatabase() });
    for (const database of project.databases) {
      const [set] = manifestsOf(planDatabase(project, database, someCluster).resources, "StatefulSet");
      const pod = JSON.stringify(at(set, "manifest", "spec", "template"));
      assert.doesNotMatch(pod, /"privileged":true|Unconfined|"hostPort"|procMount|"add":\[/, database.name);
      assert.match(pod, /"allowPrivilegeEscalation":false/);
    }
  });

  it("warns of a database that no application uses", () => {
    const project = someProject({
      applications: [anApplication("api", { uses: ["main"] }), anApplication("web")],
      databases: [
        { name: "main", type: "postgres", version: "17", size: "1Gi" },
        { name: "mysql", type: "mysql", version: "8.4", size: "1Gi" },
      ],
    });
    assert.deepEqual(planTenancy(project, someCluster).warnings, [
      "shop/mysql: no application uses it; name it under `uses` of the applications that need it",
    ]);
    assert.deepEqual(planTenancy(someProject(), someCluster).warnings, []);
  });
});
