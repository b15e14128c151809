import assert from "node:assert/strict";
import type { ReleaseMode } from "../../model/build";
import { releaseModesOf } from "../../model/release-modes";
import { secretOf, secretText } from "../../model/secret-text";
import { type GitOpsArgs, planGitOps } from "../../plan/gitops/gitops";
import { programs } from "../../plan/program-files";
import { at } from "../support/at";
import { manifestsOf } from "../support/planned";
import { applicationOf, gitHubOf } from "../support/some-repository";
import { someCluster, someProject } from "../support/some-project";

function planned(modes: readonly ReleaseMode[], changes: Partial<GitOpsArgs> = {}) {
  const releaseModes = new Set(modes);
  return planGitOps({ repository: someCluster.gitOps, mode: "create", ruleset: true, releaseModes, ...changes });
}

describe("plan of the GitOps repository, by the modes of releases", () => {
  const usual = planned(["commit", "restart"]).resources.map(({ name }) => name);
  const more = (modes: readonly ReleaseMode[]) =>
    planned(modes)
      .resources.map(({ name }) => name)
      .filter((name) => !usual.includes(name));

  it("has no workflow and no further key where no application needs one", () => {
    assert.deepEqual(
      usual,
      planGitOps({ repository: someCluster.gitOps, mode: "create", ruleset: true }).resources.map(({ name }) => name),
    );
    assert.deepEqual(gitHubOf(planned(["commit"]).resources, "github-file"), []);
    const projects = [someProject({ applications: [applicationOf("api", "my-api")] })];
    assert.deepEqual([...releaseModesOf(projects)], ["commit"]);
  });

  it("T28: gets the workflow and its script, which are Pulumi's, where one is released by dispatch", () => {
    assert.deepEqual(more(["dispatch"]), ["gitops.release-script", "gitops.release-workflow"]);
    const files = gitHubOf(planned(["dispatch"]).resources, "github-file");
    assert.deepEqual(
      files.map(({ path, branch, dependsOn }) => [path, branch, dependsOn]),
      [".github/release.sh", ".github/workflows/release.yaml"].map((path) => [
        path,
        "main",
        ["gitops.repository", "gitops.default-branch"],
      ]),
    );
    assert.equal(files[0]?.content, programs.release);
    for (const { content } of files) assert.doesNotMatch(content, /[0-9a-f]{64}/);
  });

  it("tells what GitHub asks for before it runs a workflow", () => {
    const [permission, ...others] = planned(["dispatch"]).warnings;
    assert.match(permission ?? "", /token or App of myorg Workflows \(read and write\)/);
    assert.deepEqual(others, []);
    const used = planned(["dispatch"], { mode: "use" }).warnings;
    assert.match(used[1] ?? "", /only where main is the default branch of myorg\/projects-gitops/);
    assert.deepEqual(planned(["image-updater"]).warnings, []);
  });

  it("T31: has a key of its own for the updater, and only the updater's namespace has it", () => {
    const added = ["gitops.image-updater-private-key", "gitops.image-updater-key", "gitops.image-updater-secret"];
    assert.deepEqual(more(["image-updater"]), added);
    const plan = planned(["image-updater"]);
    const keys = gitHubOf(plan.resources, "github-deploy-key").map(({ name, readOnly }) => [name, readOnly]);
    assert.deepEqual(keys, [
      ["gitops.write-key", false],
      ["gitops.read-key", true],
      ["gitops.image-updater-key", false],
    ]);
    const holders = manifestsOf(plan, "Secret").filter((secret) =>
      JSON.stringify(secret).includes("image-updater-private-key"),
    );
    assert.deepEqual(
      holders.map(({ metadata }) => [metadata.name, metadata["namespace"], metadata["labels"]]),
      // Without the label by which Argo CD would take it for a repository's.
      [["gitops-image-updater-key", "argocd", undefined]],
    );
    const key = secretText(secretOf("gitops.image-updater-private-key", "openssh"));
    assert.deepEqual(at(holders[0], "stringData"), { sshPrivateKey: key });
  });
});
