import assert from "node:assert/strict";
import { join } from "node:path";
import { platformOutputNames } from "../../model/platform-outputs";
import { projectsSettings } from "../../model/projects-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { projectsStack } from "../../stacks/projects";
import { someSettings } from "../support/cluster";
import { ClusterFolder, exampleFiles } from "../support/cluster-folder";
import { gitHubSecrets } from "../support/github-providers";
import { deploy } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";

/** A project of many small applications, each with a repository of its own. */
function manyApplications(letter: string): string {
  const applications = Array.from({ length: 180 }, (_, index) => ({
    ...{ name: `${letter}${index}`, port: 80, git: { type: "github", owner: "myorg", repo: `${letter}${index}` } },
    resources: { cpu: "1m", memory: "4Mi", memoryLimit: "8Mi" },
  }));
  return JSON.stringify({ applications, quota: { pods: 500 } });
}

describe("more applications than one Sensor can have", () => {
  let folder: ClusterFolder;
  const sentence = /^ {2}all project files: 360 applications are too many for the one Sensor of a cluster: .*; move /m;

  beforeEach(() => {
    folder = new ClusterFolder({
      ...exampleFiles,
      "projects/shop.yaml": manyApplications("a"),
      "projects/blog.yaml": manyApplications("b"),
    });
  });

  afterEach(() => {
    folder.dispose();
  });

  it("are a warning of the offline plan", () => {
    const { code, stdout } = folder.plan();
    assert.equal(code, 0);
    const text = stdout.replace(/\s+/g, " ");
    assert.match(
      text,
      /- pipeline: `pulumi up` would stop: 360 applications are too many for the one Sensor of a cluster: .*; move /,
    );
  });

  it("are refused by the stack, before anything is made", async () => {
    const gitOps = { owner: "myorg" };
    const settings = projectsSettings.parse({ platform: "homelab", projects: join(folder.path, "projects"), gitOps });
    const stack = { stack: "homelab-projects", role: "projects", secrets: new Set<string>(), settings } as const;
    let failure: unknown;
    const program = async () => {
      failure = await projectsStack(stack, gitHubSecrets("myorg"), readyServices).catch((error: unknown) => error);
    };
    const plain = { [platformOutputNames.public]: planPlatformOutputs(someSettings()) };
    const registered = await deploy(program, { stack: stack.stack, stackOutputs: { plain, secretNames: [] } });
    assert.ok(failure instanceof Error);
    assert.match(failure.message, sentence);
    assert.deepEqual(registered, []);
  });
});
