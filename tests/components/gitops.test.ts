import assert from "node:assert/strict";
import { GitOps } from "../../components/gitops";
import { gitHubProviders } from "../support/github-providers";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { someCluster } from "../support/some-project";

describe("component GitOps", () => {
  let registered: readonly Registration[];

  before(async () => {
    registered = await deploy(() => {
      const args = { repository: someCluster.gitOps, mode: "create", ruleset: true } as const;
      new GitOps({ ...args, gitHub: gitHubProviders() });
    });
  });

  it("registers the repository, its ruleset, its keys and the namespace of releases below itself", () => {
    const component = registered.find(({ type }) => type === "idp:projects:GitOps");
    assert.equal(component?.name, "gitops");
    const own = registered.filter(({ parent }) => parent === component.urn);
    assert.deepEqual(
      own.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`),
      [
        "BranchDefault gitops.default-branch",
        "Repository gitops.repository",
        "RepositoryDeployKey gitops.read-key",
        "RepositoryDeployKey gitops.write-key",
        "RepositoryRuleset gitops.ruleset",
        "Namespace gitops.namespace",
        "Secret gitops.read-secret",
        "Secret gitops.write-secret",
        "NetworkPolicy gitops.network-allow-dns",
        "NetworkPolicy gitops.network-allow-git",
        "NetworkPolicy gitops.network-allow-kubernetes-api",
        "NetworkPolicy gitops.network-default-deny",
        "PrivateKey gitops.read-private-key",
        "PrivateKey gitops.write-private-key",
      ],
    );
  });

  it("T16, T31: the write key is in one Secret and nowhere else, the read key in another one", () => {
    const keys: Readonly<Record<string, string>> = {
      "gitops.write-private-key": "gitops.write-secret",
      "gitops.read-private-key": "gitops.read-secret",
    };
    for (const [key, secret] of Object.entries(keys)) {
      const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes(mockedPassword(key)));
      assert.deepEqual(
        holders.map(({ name, secretInputs }) => [name, secretInputs]),
        [[secret, ["stringData"]]],
      );
    }
  });

  it("T32: the branch's ruleset lets nobody pass", () => {
    const ruleset = registered.find(({ name }) => name === "gitops.ruleset");
    assert.deepEqual(ruleset?.inputs["rules"], { deletion: true, nonFastForward: true });
    assert.ok(!("bypassActors" in ruleset.inputs));
  });
});
