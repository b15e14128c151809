import assert from "node:assert/strict";
import { planBuildAccess } from "../../../../plan/projects/builds/build-access";
import { planProject } from "../../../../plan/projects/project";
import { registryLogin } from "../../../../plan/pipeline/registry-login";
import { at } from "../../../support/at";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const applications = [{ name: "api", git: { type: "github", owner: "myorg", repo: "my-api" }, port: 8080 }];

describe("what the builds of a project share", () => {
  const { resources } = planBuildAccess(someProject({ applications }), someCluster);

  it("T02: the account of a build may leave results of its steps, in its namespace, and nothing else", () => {
    const [role, ...others] = manifestsOf(resources, "Role");
    assert.deepEqual(others, []);
    assert.deepEqual(role?.manifest["rules"], [
      { apiGroups: ["argoproj.io"], resources: ["workflowtaskresults"], verbs: ["create", "patch"] },
    ]);
    const [binding] = manifestsOf(resources, "RoleBinding");
    assert.deepEqual(binding?.manifest["subjects"], [
      { kind: "ServiceAccount", name: "workflows", namespace: "shop-build" },
    ]);
    assert.deepEqual(at(binding.manifest, "roleRef", "name"), role.manifest.metadata.name);
    const places = [...manifestsOf(resources, "ServiceAccount"), role, binding].map(
      ({ manifest }) => manifest.metadata["namespace"],
    );
    assert.deepEqual(places, Array(3).fill("shop-build"));
  });

  it("T02: no other role of the build namespace is for that account, and no role of the whole cluster", () => {
    const all = planProject(someProject({ applications }), someCluster).component.resources;
    const bindings = manifestsOf(all, "RoleBinding").filter(({ manifest }) =>
      JSON.stringify(manifest["subjects"]).includes('"workflows"'),
    );
    assert.equal(bindings.length, 1);
    assert.deepEqual(manifestsOf(all, "ClusterRoleBinding"), []);
  });

  it("is not there for a project that builds nothing", () => {
    assert.deepEqual(planBuildAccess(someProject(), someCluster).resources, []);
  });

  it("brings the cluster's own authority to builds only where there is one", () => {
    assert.deepEqual(manifestsOf(resources, "Certificate"), []);
    const cluster = { ...someCluster, labAuthority: true };
    const [certificate] = manifestsOf(planBuildAccess(someProject({ applications }), cluster).resources, "Certificate");
    assert.equal(at(certificate?.manifest, "spec", "secretName"), "registry-authority");
    const login = registryLogin(cluster);
    const volume = login.volumes.find(({ secret }) => secret?.secretName === "registry-authority");
    const mount = login.mounts.find(({ name }) => name === volume?.name);
    const folders = login.env.find(({ name }) => name === "SSL_CERT_DIR")?.value?.split(":") ?? [];
    assert.ok(mount && folders.includes(mount.mountPath));
    assert.ok(folders.includes("/etc/ssl/certs"));
    assert.deepEqual(
      registryLogin(someCluster).env.map(({ name }) => name),
      ["DOCKER_CONFIG"],
    );
  });
});
