import assert from "node:assert/strict";
import { planDelivery } from "../../../../plan/projects/delivery";
import { planProject } from "../../../../plan/projects/project";
import { at } from "../../../support/at";
import { delivered, gitOpsFiles } from "../../../support/delivered";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const commit = "0123456789abcdef0123456789abcdef01234567";
const repository = "git@github.com:myorg/projects-gitops.git";

function projectWith(hashes: Readonly<Record<string, string | null>>) {
  const applications = Object.entries(hashes).map(([name, hash]) => ({
    ...{ name, port: 8080, git: { type: "github", owner: "myorg", repo: "my-code", hash } },
  }));
  return someProject({ applications });
}

function setOf(hashes: Readonly<Record<string, string | null>>) {
  const [set, ...others] = manifestsOf(planDelivery(projectWith(hashes), someCluster).resources, "ApplicationSet");
  assert.ok(set && others.length === 0);
  return set;
}

function gitGenerators(set: unknown): unknown[] {
  const generators = at(set, "manifest", "spec", "generators");
  assert.ok(Array.isArray(generators));
  return generators.map((generator: unknown) => at(generator, "git"));
}

describe("plan of a project's ApplicationSet", () => {
  const set = setOf({ api: null, frontend: null });
  const template = at(set, "manifest", "spec", "template");

  it("T25: fails on a missing parameter, keeps what runs, and follows the one GitOps repository", () => {
    assert.equal(at(set, "manifest", "spec", "goTemplate"), true);
    assert.deepEqual(at(set, "manifest", "spec", "goTemplateOptions"), ["missingkey=error"]);
    assert.deepEqual(at(set, "manifest", "spec", "syncPolicy"), { preserveResourcesOnDeletion: true });
    assert.equal(at(template, "metadata", "finalizers"), undefined);
    for (const git of [...gitGenerators(set), ...gitGenerators(setOf({ api: commit }))]) {
      assert.equal(at(git, "repoURL"), repository);
      assert.equal(at(git, "revision"), "main");
      assert.equal(at(git, "directories"), undefined);
    }
  });

  it("deploys an application only once CI's file of it is there", () => {
    assert.deepEqual(
      gitGenerators(set).map((git) => at(git, "files")),
      [[{ path: "apps/shop/api/kustomization.yaml" }, { path: "apps/shop/frontend/kustomization.yaml" }]],
    );
  });

  it("T24: puts every Application into the project's AppProject and namespace, and none into another", () => {
    assert.deepEqual(
      { ...set.manifest.metadata },
      { name: "shop", namespace: "argocd", labels: { "app.kubernetes.io/part-of": "shop" } },
    );
    assert.equal(at(template, "metadata", "name"), "shop.{{ .path.basename }}");
    assert.equal(at(template, "spec", "project"), "shop");
    assert.deepEqual(at(template, "spec", "source"), {
      ...{ repoURL: repository, targetRevision: "main", path: "apps/shop/{{ .path.basename }}" },
    });
    assert.deepEqual(at(template, "spec", "destination"), {
      ...{ server: "https://kubernetes.default.svc", namespace: "shop" },
    });
    const [, pinned] = gitGenerators(setOf({ api: null, frontend: commit }));
    assert.equal(at(pinned, "template", "spec", "project"), "shop");
    assert.deepEqual(at(pinned, "template", "spec", "destination"), {});
  });

  it("T27: makes no namespace, puts drift right and tries again", () => {
    assert.deepEqual(at(template, "spec", "syncPolicy", "automated"), { prune: true, selfHeal: true });
    assert.deepEqual(at(template, "spec", "syncPolicy", "syncOptions"), [
      "CreateNamespace=false",
      "ServerSideApply=true",
    ]);
    assert.equal(at(template, "metadata", "annotations", "argocd.argoproj.io/compare-options"), "ServerSideDiff=true");
    assert.ok(Number(at(template, "spec", "syncPolicy", "retry", "limit")) > 1);
    assert.equal(at(template, "spec", "syncPolicy", "retry", "refresh"), true);
  });

  it("comes after its AppProject and the files, which are all there before", () => {
    const { resources } = planProject(projectWith({ api: null, frontend: null }), someCluster).component;
    const names = resources.map(({ name }) => name);
    assert.deepEqual(set.dependsOn, [
      "shop.app-project",
      "shop.api.application-file",
      "shop.frontend.application-file",
    ]);
    for (const name of set.dependsOn) assert.ok(names.includes(name) && names.indexOf(name) < names.indexOf(set.name));
    assert.equal(manifestsOf(resources, "AppProject")[0]?.name, "shop.app-project");
  });

  it("T28: holds a pinned application at its commit by the Application, and no other one", () => {
    const [free, pinned, ...others] = gitGenerators(setOf({ api: commit, frontend: null }));
    assert.deepEqual(others, []);
    assert.deepEqual(at(free, "files"), [{ path: "apps/shop/frontend/kustomization.yaml" }]);
    assert.equal(at(free, "template"), undefined);
    assert.deepEqual(at(pinned, "files"), [{ path: "apps/shop/api/kustomization.yaml" }]);
    const image = `harbor.lab.example/shop/api:${commit}`;
    assert.deepEqual(at(pinned, "template", "spec", "source"), {
      ...{ repoURL: repository, kustomize: { images: [image] } },
    });
  });

  it("T28: a pin changes the ApplicationSet alone, and names the very image that CI's file names", () => {
    const filesOf = (hash: string | null) =>
      gitOpsFiles(planDelivery(projectWith({ api: hash }), someCluster).resources);
    assert.deepEqual(filesOf(commit), filesOf(null));
    const [file] = filesOf(commit);
    assert.ok(file);
    const image = at(delivered(file, "Deployment")[0], "spec", "template", "spec", "containers", 0, "image");
    const [pinned] = gitGenerators(setOf({ api: commit }));
    assert.equal(
      at(pinned, "template", "spec", "source", "kustomize", "images", 0),
      String(image).replace("unreleased", commit),
    );
  });
});
