import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import program from "../../index";
import { releaseModes } from "../../model/build";
import { platformOutputNames } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { at } from "../support/at";
import { someSettings } from "../support/cluster";
import { ClusterFolder } from "../support/cluster-folder";
import { deploy, type Registration } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";
import { entriesOf } from "../support/releases/report-tasks";

const secretKeys = ["idp:githubTokens", "idp:githubDispatchToken"];

const applications = releaseModes.map(
  (mode) => `  - name: by-${mode}
    git: {type: github, owner: myorg, repo: my-api}
    port: 8080
    release: {mode: ${mode}}
`,
);

describe("a projects stack with every way to release", () => {
  let folder: ClusterFolder;

  beforeEach(() => {
    folder = new ClusterFolder({ "projects/shop.yaml": `applications:\n${applications.join("")}` });
  });

  afterEach(() => {
    folder.dispose();
    pulumi.runtime.setAllConfig({});
    Reflect.deleteProperty(process.env, "PULUMI_CONFIG_SECRET_KEYS");
  });

  function run(config: Readonly<Record<string, string>>, imageUpdater = true): Promise<readonly Registration[]> {
    const base = {
      ...{ "idp:role": "projects", "idp:platform": "homelab", "idp:gitOps": '{"owner":"myorg"}' },
      ...{ "idp:projects": `${folder.path}/projects`, "idp:githubTokens": '{"myorg":"github_pat_main"}' },
    };
    const all = { ...base, ...config };
    pulumi.runtime.setAllConfig(all, secretKeys);
    process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys.filter((key) => key in all));
    const outputs = planPlatformOutputs(someSettings({ argoCd: { imageUpdater } }));
    const stackOutputs = { plain: { [platformOutputNames.public]: outputs }, secretNames: [] };
    return deploy(() => program(readyServices), { stack: "homelab-projects", stackOutputs });
  }

  it("T16, T31: has the token that starts workflows in one Secret, as a secret, and nowhere else", async () => {
    const registered = await run({ "idp:githubDispatchToken": "github_pat_sparrow" });
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("sparrow"));
    assert.deepEqual(
      holders.map(({ inputs, secretInputs }) => [
        at(inputs, "metadata", "namespace"),
        at(inputs, "metadata", "name"),
        entriesOf(at(inputs, "stringData")),
        secretInputs,
      ]),
      [["releases", "github-dispatch", [["token", "github_pat_sparrow"]], ["stringData"]]],
    );
  });

  it("makes what each of them needs, and all of it without the token too", async () => {
    const registered = await run({});
    const names = new Set(registered.map(({ name }) => name));
    for (const name of [
      ...["gitops.release-workflow", "gitops.release-script", "gitops.image-updater-key"],
      ...["shop.image-updates", "shop.restarts-role", "pipeline.restarter", "pipeline.moving-tags"],
    ])
      assert.ok(names.has(name), name);
    assert.ok(!names.has("pipeline.github-dispatch"));
    const updates = registered.find(({ name }) => name === "shop.image-updates");
    assert.equal(updates?.type, "kubernetes:argocd-image-updater.argoproj.io/v1alpha1:ImageUpdater");
  });

  it("makes nothing where the platform has no Argo CD Image Updater", async () => {
    await assert.rejects(run({}, false), /applications\.2\.release\.mode: the cluster has no Argo CD Image Updater/);
  });

  it("T31: takes no classic token", async () => {
    await assert.rejects(run({ "idp:githubDispatchToken": "ghp_sparrow" }), (error: Error) => {
      assert.match(error.message, /idp:githubDispatchToken: is a classic token/);
      assert.doesNotMatch(error.message, /sparrow/);
      return true;
    });
  });
});
