import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readClusterFiles } from "../../inputs/cluster-files";
import { checkSettings, type ProjectsStack } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import { InputError } from "../../model/input-error";
import { keptData, keptDataOutput } from "../../model/kept-data";
import type { ProjectsSettings } from "../../model/projects-settings";
import { platformOutputNames } from "../../model/platform-outputs";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { projectsStack } from "../../stacks/projects";
import { someSettings } from "../support/cluster";
import { gitHubSecrets } from "../support/github-providers";
import { deploy } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";
import { runStack } from "../support/example-stacks";
import { exampleFolder } from "../support/example-folder";
import { ClusterFolder } from "../support/cluster-folder";

function stackOf(folder: ClusterFolder, changes: Partial<ProjectsSettings> = {}): ProjectsStack {
  const stacks = readClusterFiles(exampleFolder).stackFiles.map((file) => checkSettings(parseStackFile(file)));
  const stack = stacks.find(({ role }) => role === "projects");
  assert.ok(stack?.role === "projects");
  return { ...stack, settings: { ...stack.settings, projects: join(folder.path, "projects"), ...changes } };
}

const example = (name: string) => readFileSync(join(exampleFolder, "projects", `${name}.yaml`), "utf8");

async function outputOf(outputs: Readonly<Record<string, unknown>>): Promise<unknown> {
  const output = outputs[keptDataOutput];
  assert.ok(pulumi.Output.isInstance(output));
  let value: unknown;
  await new Promise<void>((resolve) => {
    output.apply((written: unknown) => {
      value = written;
      resolve();
    });
  });
  return value;
}

describe("the projects stack over several runs", () => {
  let folder: ClusterFolder;
  let recorded: unknown;

  before(async () => {
    folder = new ClusterFolder({ "projects/shop.yaml": example("shop"), "projects/blog.yaml": example("blog") });
    recorded = await outputOf((await runStack(stackOf(folder))).outputs);
  });

  after(() => {
    folder.dispose();
  });

  const later = (changes: Partial<ProjectsSettings> = {}) =>
    runStack(stackOf(folder, changes), undefined, { [keptDataOutput]: recorded });

  it("T16: tells its next run what it holds, by name alone", () => {
    const { held, givenUp } = keptData.parse(recorded);
    assert.ok(held.some(({ kind, project, name }) => kind === "database" && project === "shop" && name === "mysql"));
    assert.deepEqual(givenUp, []);
    assert.doesNotMatch(JSON.stringify(recorded), /canary/);
  });

  it("T40: makes the same again", async () => {
    const { registered, outputs } = await later();
    assert.ok(registered.length > 50);
    assert.deepEqual(await outputOf(outputs), recorded);
  });

  it("tells nothing when a part of a project or the GitOps repository is not made, so that the engine keeps what was told", async () => {
    for (const failing of ["shop.mysql.server", "gitops.repository"]) {
      let output: pulumi.Output<unknown> | undefined;
      const program = async () => {
        const outputs = await projectsStack(stackOf(folder), gitHubSecrets(), readyServices);
        output = pulumi.recover(pulumi.output(outputs[keptDataOutput]), () => "nothing");
      };
      const plain = { [platformOutputNames.public]: planPlatformOutputs(someSettings()) };
      await deploy(program, { stack: "homelab-projects", stackOutputs: { plain, secretNames: [] }, failing });
      assert.equal(await outputOf({ [keptDataOutput]: output }), "nothing");
    }
  });

  describe("with one project's file removed", () => {
    before(() => {
      folder.remove("projects/shop.yaml");
    });

    for (const preview of [true, false]) {
      it(`T26: is refused by ${preview ? "`preview`" : "`up`"} before any resource, so that no deletion is planned`, async () => {
        let failure: unknown;
        const program = async () => {
          failure = await projectsStack(stackOf(folder), gitHubSecrets(), readyServices).catch(
            (error: unknown) => error,
          );
        };
        const plain = { [platformOutputNames.public]: planPlatformOutputs(someSettings()), [keptDataOutput]: recorded };
        const stackOutputs = { plain, secretNames: [keptDataOutput] };
        assert.deepEqual(await deploy(program, { stack: "homelab-projects", stackOutputs, preview }), []);
        assert.ok(failure instanceof InputError);
        assert.match(failure.message, /^1 problem in the input; nothing was changed:\n/);
        assert.match(failure.message, /shop\.yaml: is gone, and with it the databases .*mysql \(mysql 8\.0, 5Gi\)/);
        assert.match(failure.message, /'idp:giveUp\[0\]' shop --stack homelab-projects/);
      });
    }

    it("T26: goes on with a second word, and leaves the other project as it is", async () => {
      const { registered, outputs } = await later({ giveUp: ["shop"] });
      const projects = registered.filter(({ type }) => type === "idp:projects:Project").map(({ name }) => name);
      assert.deepEqual(projects, ["blog"]);
      const { givenUp } = keptData.parse(await outputOf(outputs));
      assert.ok(givenUp.length > 0 && givenUp.every(({ project }) => project === "shop"));
    });
  });

  it("does not go on when a newer version of the program has written the record", async () => {
    const own = { [keptDataOutput]: { version: 2 } };
    await assert.rejects(runStack(stackOf(folder), undefined, own), /a newer version of this program/);
  });
});
