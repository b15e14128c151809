import assert from "node:assert/strict";
import { type GitOpsArgs, planGitOps } from "../../plan/gitops/gitops";
import { planProject } from "../../plan/projects/project";
import { at } from "../support/at";
import { manifestsOf, plannedManifest } from "../support/planned";
import { applicationOf, gitHubOf } from "../support/some-repository";
import { someCluster, someProject } from "../support/some-project";

function planned(changes: Partial<GitOpsArgs> = {}) {
  return planGitOps({ repository: someCluster.gitOps, mode: "create", ruleset: true, ...changes });
}

describe("plan of the GitOps repository", () => {
  const plan = planned();

  it("makes it private, with a first commit, and protects it", () => {
    const [repository] = gitHubOf(plan.resources, "github-repository");
    assert.deepEqual(
      [repository?.owner, repository?.repository, repository?.adopt, repository?.protect],
      ["myorg", "projects-gitops", false, true],
    );
    assert.equal(repository?.settings.visibility, "private");
    assert.equal(repository.settings.firstCommit, true);
  });

  it("gives one that is made the branch of the settings, and changes that of no other", () => {
    const repository = { ...someCluster.gitOps, branch: "production" };
    const [found] = gitHubOf(planned({ repository }).resources, "github-default-branch");
    assert.deepEqual([found?.repository, found?.branch], ["projects-gitops", "production"]);
    assert.deepEqual(found?.dependsOn, ["gitops.repository"]);
    for (const mode of ["use", "adopt"] as const) {
      assert.deepEqual(gitHubOf(planned({ repository, mode }).resources, "github-default-branch"), [], mode);
    }
  });

  it("changes nothing of one that is adopted, and leaves it behind as it is", () => {
    const [repository] = gitHubOf(planned({ mode: "adopt" }).resources, "github-repository");
    assert.deepEqual(
      [repository?.adopt, repository?.settings, repository?.protect, repository?.retain],
      [true, {}, true, true],
    );
  });

  it("leaves one that is used to its owner, with ruleset and keys", () => {
    const used = planned({ mode: "use" });
    const made = ["gitops.repository", "gitops.default-branch"];
    const names = plan.resources.map(({ name }) => name).filter((name) => !made.includes(name));
    assert.deepEqual(
      used.resources.map(({ name }) => name),
      names,
    );
    assert.ok(used.resources.every(({ dependsOn }) => dependsOn?.length !== 1));
  });

  it("T32: its branch can be neither rewritten nor deleted; by option, and with a warning, it can", () => {
    const [ruleset] = gitHubOf(plan.resources, "github-ruleset");
    assert.deepEqual([ruleset?.repository, ruleset?.branch], ["projects-gitops", "main"]);
    assert.deepEqual(ruleset?.dependsOn, ["gitops.repository", "gitops.default-branch"]);
    assert.deepEqual(plan.warnings, []);
    const open = planned({ ruleset: false });
    assert.deepEqual(gitHubOf(open.resources, "github-ruleset"), []);
    assert.deepEqual(open.warnings, [
      "nothing keeps main of myorg/projects-gitops from being rewritten or deleted; a ruleset would (`idp:gitOps.ruleset`)",
    ]);
  });

  it("T31: one key writes, it is where releases run, and no project's namespace has it", () => {
    const keys = gitHubOf(plan.resources, "github-deploy-key").map(({ name, readOnly }) => [name, readOnly]);
    assert.deepEqual(keys, [
      ["gitops.write-key", false],
      ["gitops.read-key", true],
    ]);
    const holders = manifestsOf(plan, "Secret").filter((secret) =>
      JSON.stringify(secret).includes("write-private-key"),
    );
    assert.deepEqual(
      holders.map(({ metadata }) => [metadata.name, metadata["namespace"]]),
      [["gitops-write-key", "releases"]],
    );
    assert.deepEqual(at(holders[0], "stringData", "sshPrivateKey"), {
      $secret: [{ name: "gitops.write-private-key", form: "openssh" }],
    });
    const repository = { mode: "create", ruleset: true };
    const project = someProject({ applications: [applicationOf("api", "api", { repository })] });
    const { resources } = planProject(project, someCluster).component;
    assert.ok(gitHubOf(resources, "github-deploy-key").every(({ readOnly }) => readOnly));
    assert.ok(!JSON.stringify(resources).includes("gitops.write"));
  });

  it("lets Argo CD read it by ssh, with a key of its own", () => {
    const { manifest } = plannedManifest(plan, "gitops.read-secret");
    assert.deepEqual(manifest.metadata, {
      name: "gitops-repository",
      namespace: "argocd",
      labels: { "argocd.argoproj.io/secret-type": "repository" },
    });
    assert.deepEqual(at(manifest, "stringData"), {
      type: "git",
      url: "git@github.com:myorg/projects-gitops.git",
      sshPrivateKey: { $secret: [{ name: "gitops.read-private-key", form: "openssh" }] },
    });
  });

  it("T11: releases run in a namespace of the restricted level", () => {
    const { labels } = plannedManifest(plan, "gitops.namespace").manifest.metadata;
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
    assert.match(String(at(labels, "pod-security.kubernetes.io/enforce-version")), /^v1\.\d+$/);
  });

  it("T13: nobody reaches what runs there, and it reaches DNS, git and the API of Kubernetes alone", () => {
    const policies = manifestsOf(plan, "NetworkPolicy");
    assert.deepEqual(
      policies.map(({ metadata }) => [metadata.name, metadata["namespace"]]),
      ["default-deny", "allow-dns", "allow-git", "allow-kubernetes-api"].map((name) => [name, "releases"]),
    );
    assert.deepEqual(at(policies[0], "spec"), { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    assert.ok(policies.every((policy) => at(policy, "spec", "ingress") === undefined));
    const ports = (index: number) => JSON.stringify(at(policies[index], "spec", "egress", 0, "ports"));
    assert.match(ports(2), /^\[.*22.*443.*\]$/);
    assert.doesNotMatch(
      JSON.stringify(at(policies[2], "spec", "egress", 0, "to", 0, "ipBlock", "except")),
      /^undefined$/,
    );
  });

  it("says what to do about the ssh key of a host that Argo CD does not know", () => {
    const address = "git@github.lab.example:myorg/projects-gitops.git";
    const { warnings } = planned({ repository: { ...someCluster.gitOps, address } });
    assert.match(warnings.join(), /^Argo CD does not know the ssh key of github\.lab\.example; add it by /);
  });
});
