import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import program from "../../index";
import { platformOutputNames } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { someSettings } from "../support/cluster";
import { ClusterFolder } from "../support/cluster-folder";
import { deploy, type Registration } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";

const secretKeys = ["idp:githubTokens", "idp:githubAppKeys"];

describe("access of the projects stack to GitHub", () => {
  let folder: ClusterFolder;

  beforeEach(() => {
    folder = new ClusterFolder();
  });

  afterEach(() => {
    folder.dispose();
    pulumi.runtime.setAllConfig({});
    for (const name of ["PULUMI_CONFIG_SECRET_KEYS", "GITHUB_OWNER"]) Reflect.deleteProperty(process.env, name);
  });

  /** Runs the program as the engine does: objects are JSON text, and encrypted keys are named. */
  function run(
    config: Readonly<Record<string, string>>,
    build: () => Promise<unknown> = () => program(readyServices),
    plain: object = { [platformOutputNames.public]: planPlatformOutputs(someSettings()) },
  ): Promise<readonly Registration[]> {
    const base = { "idp:role": "projects", "idp:platform": "homelab", "idp:gitOps": '{"owner":"MyOrg"}' };
    pulumi.runtime.setAllConfig({ ...base, "idp:projects": `${folder.path}/projects`, ...config }, secretKeys);
    process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys.filter((key) => key in config));
    return deploy(build, { stack: "homelab-projects", stackOutputs: { plain, secretNames: [] } });
  }

  it("T16, T42: is by the token of each owner, a secret of its provider", async () => {
    const registered = await run({ "idp:githubTokens": '{"myorg":"github_pat_canary"}' });
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("github_pat_canary"));
    assert.deepEqual(
      holders.map(({ type, name, secretInputs }) => [type, name, secretInputs]),
      [["pulumi:providers:github", "github-myorg", ["token"]]],
    );
    const onGitHub = registered.filter(({ type }) => type.startsWith("github:"));
    assert.ok(onGitHub.length >= 5);
    assert.ok(onGitHub.every(({ provider }) => provider.includes("::github-myorg::")));
  });

  it("is by an App where one is set", async () => {
    const registered = await run({
      "idp:github": '{"apps":{"myorg":{"id":12,"installationId":34}}}',
      "idp:githubAppKeys": '{"myorg":"-----BEGIN RSA PRIVATE KEY-----\\ncanary"}',
    });
    const [provider] = registered.filter(({ type }) => type === "pulumi:providers:github");
    assert.ok(provider?.secretInputs.includes("appAuth"));
  });

  const refused: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ["nothing is set", {}, /idp:githubTokens: has no token for myorg/],
    ["a token is a classic one", { "idp:githubTokens": '{"myorg":"ghp_canary"}' }, /is a classic token/],
    ["a text is set for all owners", { "idp:githubTokens": "github_pat_canary" }, /is not set by owner/],
  ];
  for (const [title, config, expected] of refused) {
    it(`is refused before anything is made when ${title}, without showing it`, async () => {
      let failure: unknown;
      const registered = await run(config, () =>
        program().catch((error: unknown) => {
          failure = error;
        }),
      );
      assert.deepEqual(registered, []);
      assert.ok(pulumi.RunError.isInstance(failure));
      assert.match(failure.message, expected);
      assert.doesNotMatch(failure.message, /canary/);
      assert.match(failure.message, /Pulumi\.homelab-projects\.yaml: idp:/);
    });
  }

  it("T31: is refused with a classic token before the platform is there", async () => {
    const failure = await run({ "idp:githubTokens": '{"spare":"ghp_canary"}' }, undefined, {}).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.match(String(failure), /idp:githubTokens\.spare: is a classic token/);
    await assert.rejects(run({}, undefined, {}), /the stack homelab has no output `platform`/);
  });

  it("is refused while the environment names another owner", async () => {
    process.env["GITHUB_OWNER"] = "other";
    await assert.rejects(run({ "idp:githubTokens": '{"myorg":"github_pat_canary"}' }), /GITHUB_OWNER: is set in the/);
  });
});
