import assert from "node:assert/strict";
import { secretMark, isSecretText } from "../../../../model/secret-text";
import { planDelivery } from "../../../../plan/projects/delivery";
import { planProject } from "../../../../plan/projects/project";
import { at } from "../../../support/at";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

function projectOf(applications: Readonly<Record<string, object>>) {
  const list = Object.entries(applications).map(([name, { git = {}, ...more }]: [string, { git?: object }]) => ({
    ...{ name, port: 8080, release: { mode: "image-updater" } },
    git: { type: "github", owner: "myorg", repo: "my-api", ...git },
    ...more,
  }));
  return someProject({ applications: list });
}

function updates(applications: Readonly<Record<string, object>>) {
  const { resources } = planDelivery(projectOf(applications), someCluster);
  const [found, ...more] = manifestsOf(resources, "ImageUpdater");
  assert.deepEqual(more, []);
  return { resources, updater: found, spec: at(found, "manifest", "spec") };
}

const account = "secret:argocd/shop-image-updater#credentials";

describe("plan of updates by Argo CD Image Updater", () => {
  it("follows the moving tag of each application of the mode, by the Application's exact name", () => {
    const { updater, spec } = updates({
      api: { git: { branch: "feature/login" } },
      web: { build: { platforms: ["linux/arm64"] } },
      jobs: { release: { mode: "commit" } },
    });
    assert.deepEqual([updater?.manifest.metadata.name, updater?.manifest.metadata["namespace"]], ["shop", "argocd"]);
    const image = (alias: string, tag: string, more: object = {}) => ({
      alias,
      imageName: `harbor.lab.example/shop/${alias}:${tag}`,
      commonUpdateSettings: { updateStrategy: "digest", pullSecret: account, ...more },
    });
    assert.deepEqual(at(spec, "applicationRefs"), [
      { namePattern: "shop.api", images: [image("api", "branch-feature_2f_login")] },
      { namePattern: "shop.web", images: [image("web", "branch-main", { platforms: ["linux/arm64"] })] },
    ]);
  });

  it("names Applications that the ApplicationSet makes", () => {
    const { resources, spec } = updates({ api: {} });
    const [set] = manifestsOf(resources, "ApplicationSet");
    const name = String(at(set, "manifest", "spec", "template", "metadata", "name"));
    assert.equal(name.replace("{{ .path.basename }}", "api"), at(spec, "applicationRefs", 0, "namePattern"));
  });

  it("writes by git into CI's file, since an ApplicationSet would undo what is written into an Application", () => {
    const { spec } = updates({ api: {} });
    assert.deepEqual(at(spec, "writeBackConfig"), {
      method: "git:secret:argocd/gitops-image-updater-key",
      gitConfig: { repository: someCluster.gitOps.address, branch: "main", writeBackTarget: "kustomization" },
    });
    // The form that the API server takes. Source: argocd-image-updater api/v1alpha1/imageupdater_types.go
    const method = String(at(spec, "writeBackConfig", "method"));
    assert.match(method, /^(argocd|git|git:[a-zA-Z0-9][a-zA-Z0-9-._/:]*)$/);
  });

  it("leaves out what the project's file holds at a commit, and makes nothing when that is all", () => {
    const hash = "1".repeat(40);
    const { spec } = updates({ api: {}, web: { git: { hash } } });
    assert.equal(at(spec, "applicationRefs", 1), undefined);
    assert.equal(updates({ web: { git: { hash } } }).updater, undefined);
    const without = planDelivery(projectOf({ api: { release: { mode: "commit" } } }), someCluster);
    assert.deepEqual(manifestsOf(without.resources, "Secret"), []);
    assert.deepEqual(manifestsOf(without.resources, "Role"), []);
  });

  it("T16, T31: has the registry's account for itself, in the form that it reads, and never in plain text", () => {
    const [secret, ...more] = manifestsOf(updates({ api: {} }).resources, "Secret");
    assert.deepEqual(more, []);
    assert.deepEqual(
      [secret?.manifest.metadata.name, secret?.manifest.metadata["namespace"]],
      ["shop-image-updater", "argocd"],
    );
    const text = at(secret, "manifest", "stringData", "credentials");
    assert.ok(isSecretText(text));
    assert.equal(secretMark(text), "robot$shop+ci:Rb1<secret shop.registry.robot-password>");
  });

  it("T31: lets the updater read the two Secrets that it needs, by name, and no other of Argo CD's", () => {
    const { resources } = updates({ api: {}, web: {} });
    const [role] = manifestsOf(resources, "Role");
    assert.equal(role?.manifest.metadata["namespace"], "argocd");
    assert.deepEqual(at(role, "manifest", "rules"), [
      {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: ["gitops-image-updater-key", "shop-image-updater"],
        verbs: ["get"],
      },
    ]);
    const [binding] = manifestsOf(resources, "RoleBinding");
    assert.equal(at(binding, "manifest", "roleRef", "name"), role.manifest.metadata.name);
    assert.deepEqual(at(binding, "manifest", "subjects"), [
      { kind: "ServiceAccount", name: "argocd-image-updater", namespace: "argocd" },
    ]);
  });

  it("comes after what it needs, and takes no name of anything else of the project", () => {
    const { resources } = planProject(projectOf({ "image-updater": {}, "image-updates": {} }), someCluster).component;
    const names = resources.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const updater = resources.find(({ name }) => name === "shop.image-updates");
    for (const needed of updater?.dependsOn ?? [])
      assert.ok(names.indexOf(needed) < names.indexOf("shop.image-updates"), needed);
    assert.equal(updater?.dependsOn?.length, 3);
  });
});
