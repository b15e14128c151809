import assert from "node:assert/strict";
import { join } from "node:path";
import { projectsSettings } from "../../model/projects-settings";
import { platformOutputNames } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { projectsStack } from "../../stacks/projects";
import { someSettings } from "../support/cluster";
import { ClusterFolder } from "../support/cluster-folder";
import { gitHubSecrets } from "../support/github-providers";
import { deploy } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";

const platform = { hosts: { harbor: "images.lab.example" }, node: { cpu: "2", memory: "4Gi" } };
const application = (changes: object) => ({
  ...{ name: "api", git: { type: "github", owner: "myorg", repo: "my-api" }, port: 80 },
  ...changes,
});

/** What only the platform's outputs or the stack's own settings can tell. */
const refused: readonly (readonly [string, object, RegExp])[] = [
  [
    "a host of the platform",
    { applications: [application({ domains: ["images.lab.example"] })] },
    /shop\.yaml:1:\d+: applications\.0\.domains\.0: "images\.lab\.example" is .*Harbor/,
  ],
  [
    "the GitOps repository",
    { applications: [application({ git: { type: "github", owner: "myorg", repo: "what-runs" } })] },
    /shop\.yaml:1:\d+: applications\.0\.git\.repo: "myorg\/what-runs" is the GitOps repository/,
  ],
  ["more than the nodes have", { quota: { cpu: 3 } }, /shop\.yaml:1:\d+: quota\.cpu: /],
];

describe("project files that only the cluster speaks against", () => {
  let folder: ClusterFolder;

  beforeEach(() => {
    folder = new ClusterFolder({});
  });

  afterEach(() => {
    folder.dispose();
  });

  const settings = () =>
    projectsSettings.parse({
      platform: "homelab",
      projects: join(folder.path, "projects"),
      gitOps: { owner: "MyOrg", repository: "what-runs" },
    });

  /** How the stack ends, once it is known that nothing was registered. */
  async function failureOf(content: object): Promise<unknown> {
    folder.write("projects/shop.yaml", JSON.stringify(content));
    let failure: unknown;
    const stack = { stack: "homelab-projects", role: "projects", secrets: new Set<string>() } as const;
    const program = async () => {
      failure = await projectsStack({ ...stack, settings: settings() }, gitHubSecrets(), readyServices).then(
        () => undefined,
        (error: unknown) => error,
      );
    };
    const plain = { [platformOutputNames.public]: planPlatformOutputs(someSettings(platform)) };
    const registered = await deploy(program, { stack: stack.stack, stackOutputs: { plain, secretNames: [] } });
    if (failure !== undefined) assert.deepEqual(registered, []);
    return failure;
  }

  for (const [title, content, expected] of refused) {
    it(`are refused by the stack for ${title}, before anything is made`, async () => {
      const failure = await failureOf(content);
      assert.ok(failure instanceof Error);
      assert.match(failure.message, expected);
      assert.match(failure.message, /^1 problem in the input/);
    });
  }

  it("are fine where nothing does", async () => {
    assert.equal(await failureOf({ applications: [application({ domains: ["shop.example"] })] }), undefined);
  });
});
