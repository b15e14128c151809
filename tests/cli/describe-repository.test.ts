import assert from "node:assert/strict";
import { repositoryTexts } from "../../cli/describe-repository";
import { planGitOps } from "../../plan/gitops/gitops";
import { ClusterFolder, exampleFiles } from "../support/cluster-folder";
import { aConfigMap } from "../support/plans";
import { someCluster } from "../support/some-project";

describe("repository of a component", () => {
  const modes = [
    ["create", "repository myorg/projects-gitops: created, private"],
    ["adopt", "repository myorg/projects-gitops: adopted"],
    ["use", "repository myorg/projects-gitops: used as it is"],
  ] as const;
  for (const [mode, expected] of modes) {
    it(`says what is done with it in the mode ${mode}`, () => {
      const { resources } = planGitOps({ repository: someCluster.gitOps, mode, ruleset: false });
      assert.deepEqual(repositoryTexts(resources), [expected]);
    });
  }

  it("is none without anything on GitHub", () => {
    assert.deepEqual(repositoryTexts([aConfigMap("a")]), []);
  });

  it("is part of the plan that people read", () => {
    const folder = new ClusterFolder(exampleFiles);
    const { stdout } = folder.plan();
    folder.dispose();
    assert.match(stdout, /^ {2}gitops .*\n +repository myorg\/projects-gitops: created, private$/m);
  });
});
