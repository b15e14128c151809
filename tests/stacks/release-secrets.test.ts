import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import program from "../../index";
import { platformOutputNames } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { at } from "../support/at";
import { someSettings } from "../support/cluster";
import { ClusterFolder } from "../support/cluster-folder";
import { deploy, type Registration } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";
import { entriesOf } from "../support/releases/report-tasks";

const secretKeys = ["idp:githubTokens", "idp:githubStatusTokens", "idp:chatWebhook"];

const project = `applications:
  - name: api
    git: {type: github, owner: MyOrg, repo: my-api, branch: main, hash: ~}
    port: 8080
`;

describe("secrets that tell people of builds", () => {
  let folder: ClusterFolder;

  beforeEach(() => {
    folder = new ClusterFolder({ "projects/shop.yaml": project });
  });

  afterEach(() => {
    folder.dispose();
    pulumi.runtime.setAllConfig({});
    Reflect.deleteProperty(process.env, "PULUMI_CONFIG_SECRET_KEYS");
  });

  /** Runs the program as the engine does: objects are JSON text, and encrypted keys are named. */
  function run(config: Readonly<Record<string, string>>): Promise<readonly Registration[]> {
    const base = {
      ...{ "idp:role": "projects", "idp:platform": "homelab", "idp:gitOps": '{"owner":"MyOrg"}' },
      ...{ "idp:projects": `${folder.path}/projects`, "idp:githubTokens": '{"myorg":"github_pat_main"}' },
    };
    const all = { ...base, ...config };
    pulumi.runtime.setAllConfig(all, secretKeys);
    process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys.filter((key) => key in all));
    const plain = { [platformOutputNames.public]: planPlatformOutputs(someSettings()) };
    const options = { stack: "homelab-projects", stackOutputs: { plain, secretNames: [] } };
    return deploy(() => program(readyServices), options);
  }

  it("T16: are in Secrets of the namespace of releases, as secrets, and nowhere else", async () => {
    const registered = await run({
      "idp:githubStatusTokens": '{"myorg":"github_pat_sparrow"}',
      "idp:chatWebhook": "https://chat.example/sparrow",
    });
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("sparrow"));
    assert.deepEqual(
      holders.map(({ type, inputs, secretInputs }) => [
        type,
        at(inputs, "metadata", "namespace"),
        at(inputs, "metadata", "name"),
        entriesOf(at(inputs, "stringData")),
        secretInputs,
      ]),
      [
        [
          "kubernetes:core/v1:Secret",
          "releases",
          "chat",
          [["webhook", "https://chat.example/sparrow"]],
          ["stringData"],
        ],
        ["kubernetes:core/v1:Secret", "releases", "github-status", [["myorg", "github_pat_sparrow"]], ["stringData"]],
      ],
    );
    const main = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("github_pat_main"));
    assert.deepEqual(
      main.map(({ type }) => type),
      ["pulumi:providers:github"],
    );
  });

  it("need not be there", async () => {
    const secrets = (await run({})).filter(({ type }) => type === "kubernetes:core/v1:Secret");
    const names = secrets.map(({ inputs }) => at(inputs, "metadata", "name"));
    assert.ok(names.length > 0 && !names.includes("chat") && !names.includes("github-status"));
  });
});
