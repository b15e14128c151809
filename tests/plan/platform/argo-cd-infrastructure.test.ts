import assert from "node:assert/strict";
import { secretOf, secretText } from "../../../model/secret-text";
import { type ArgoCdArgs, planArgoCd } from "../../../plan/platform/argo-cd";
import { sourcePorts } from "../../../plan/platform/argo-cd-traffic";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest } from "../../support/planned";

const repository = "https://github.com/me/infrastructure.git";

function planned(changes: Partial<ArgoCdArgs> = {}, settings: object = {}) {
  return planArgoCd({
    facts: someFacts(settings),
    host: "argocd.lab.example",
    webhookHost: "",
    infrastructure: { repository, revision: "stable", path: "apps/*" },
    imageUpdater: false,
    vaultPlugin: false,
    hasInfrastructureToken: true,
    ...changes,
  });
}

const without = { infrastructure: { repository: "", revision: "main", path: "apps/*" } } as const;

describe("infrastructure repository of Argo CD", () => {
  const plan = planned();
  const project = plannedManifest(plan, "argo-cd-platform-project");
  const set = plannedManifest(plan, "argo-cd-infrastructure");

  it("T24: the platform's project takes exactly one repository and keeps out of the platform's own namespaces", () => {
    assert.deepEqual(at(project.manifest, "spec", "sourceRepos"), [repository]);
    const destinations = at(project.manifest, "spec", "destinations");
    assert.ok(Array.isArray(destinations));
    assert.deepEqual([...new Set(destinations.map((item) => at(item, "server")))], ["https://kubernetes.default.svc"]);
    assert.deepEqual(
      destinations.map((item) => at(item, "namespace")),
      ["*", "!argo-events", "!argo-workflows", "!argocd", "!cert-manager", "!external-secrets", "!harbor", "!vault"],
    );
  });

  it("T24: without a cert-manager of the platform, the repository may bring its own", () => {
    const traefik = plannedManifest(planned({}, { tls: { mode: "traefik" } }), "argo-cd-platform-project");
    assert.doesNotMatch(JSON.stringify(traefik.manifest), /!cert-manager/);
  });

  it("T24: nothing is in the project `default`, and without a repository the project takes none", () => {
    const projects = manifestsOf(plan, "AppProject").map(({ metadata }) => metadata.name);
    assert.deepEqual(projects, ["platform"]);
    assert.equal(at(set.manifest, "spec", "template", "spec", "project"), "platform");
    const off = planned({ ...without, hasInfrastructureToken: false });
    assert.deepEqual(manifestsOf(off, "ApplicationSet"), []);
    assert.deepEqual(manifestsOf(off, "Secret"), []);
    assert.deepEqual(at(manifestsOf(off, "AppProject")[0], "spec", "sourceRepos"), []);
  });

  it("T25: one Application per folder; a missing key fails, and a folder that goes leaves its objects", () => {
    const spec = at(set.manifest, "spec");
    assert.equal(at(spec, "goTemplate"), true);
    assert.deepEqual(at(spec, "goTemplateOptions"), ["missingkey=error"]);
    assert.deepEqual(at(spec, "syncPolicy"), { preserveResourcesOnDeletion: true });
    assert.deepEqual(at(spec, "generators"), [
      { git: { repoURL: repository, revision: "stable", directories: [{ path: "apps/*" }] } },
    ]);
    assert.deepEqual(at(spec, "template", "spec", "source"), {
      repoURL: repository,
      targetRevision: "stable",
      path: "{{ .path.path }}",
    });
  });

  it("syncs into the folder's namespace, server-side, with prune and self heal", () => {
    const spec = at(set.manifest, "spec", "template", "spec");
    assert.equal(at(spec, "destination", "namespace"), "{{ .path.basename }}");
    assert.deepEqual(at(spec, "syncPolicy", "automated"), { prune: true, selfHeal: true });
    assert.deepEqual(at(spec, "syncPolicy", "syncOptions"), ["CreateNamespace=true", "ServerSideApply=true"]);
  });

  it("tries a commit again, since one folder may need kinds that another one brings", () => {
    const retry = { limit: 10, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } };
    assert.deepEqual(at(set.manifest, "spec", "template", "spec", "syncPolicy", "retry"), retry);
  });

  it("T41: its objects come after the release, and Applications go before their project and their credential", () => {
    assert.deepEqual(project.dependsOn, ["argo-cd"]);
    const after = ["argo-cd", "argo-cd-platform-project", "argo-cd-infrastructure-repository"];
    assert.deepEqual(set.dependsOn, after);
  });

  it("hands the token to Argo CD for this repository and this project alone", () => {
    const { manifest } = plannedManifest(plan, "argo-cd-infrastructure-repository");
    assert.equal(at(manifest, "metadata", "labels", "argocd.argoproj.io/secret-type"), "repository");
    assert.deepEqual(manifest["stringData"], {
      type: "git",
      url: repository,
      project: "platform",
      username: "git",
      password: secretText(secretOf("infrastructureToken")),
    });
    assert.deepEqual(manifestsOf(planned({ hasInfrastructureToken: false }), "Secret"), []);
  });

  it("warns about a repository that it has no key for", () => {
    assert.deepEqual(plan.warnings, []);
    assert.deepEqual(planned(without).warnings, []);
    const infrastructure = { repository: "git@github.com:me/infrastructure.git", revision: "main", path: "apps/*" };
    const ssh = planned({ infrastructure });
    assert.match(ssh.warnings.join(), /^git@github\.com:me\/infrastructure\.git is read by ssh, .* add the key/);
    assert.deepEqual(manifestsOf(ssh, "Secret"), []);
  });

  it("lets the repo server out to the usual ports and to the repository's own", () => {
    assert.deepEqual(sourcePorts(""), [22, 80, 443]);
    assert.deepEqual(sourcePorts(repository), [22, 80, 443]);
    assert.deepEqual(sourcePorts("git@github.com:me/infrastructure.git"), [22, 80, 443]);
    assert.deepEqual(sourcePorts("https://git.lab.example:3000/me/infrastructure"), [22, 80, 443, 3000]);
    assert.deepEqual(sourcePorts("ssh://git@git.lab.example:2222/me/infrastructure"), [22, 80, 443, 2222]);
  });
});
