import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toJsonObject } from "../../model/json";
import { pushRuleFiles, pushRuleScript, pushRulesFolder } from "../../plan/pipeline/push-rules";
import { sweptApplications } from "../../plan/projects/builds/sweep-list";
import { at } from "../support/at";
import { runLua } from "../support/push/lua-run";
import { someCluster, someProject } from "../support/some-project";
import { EventSourceStandIn } from "../support/sweep/event-source-stand-in";
import { RegistryStandIn, robot } from "../support/sweep/registry-stand-in";
import { findHeads, sendPushes, sweepFolder, webhookSecret } from "../support/sweep/run-sweep";
import { SourceRepository } from "../support/sweep/source-repository";

const mono = { type: "github", owner: "MyOrg", repo: "My-Mono" };
const project = someProject({
  applications: [
    { name: "api", port: 80, git: mono, build: { paths: ["api/"] } },
    { name: "web", port: 80, git: mono, build: { paths: ["web/"] } },
    { name: "whole", port: 80, git: mono },
    { name: "next", port: 80, git: { ...mono, branch: "next" } },
    { name: "pinned", port: 80, git: { ...mono, hash: "a".repeat(40) } },
  ],
});
const files = Object.fromEntries(
  Object.entries(pushRuleFiles([project])).map(([name, text]) => [`${pushRulesFolder}/${name}`, text]),
);

describe("a sweep, from repository to Workflow", () => {
  let source: SourceRepository;
  let registry: RegistryStandIn;
  let eventSource: EventSourceStandIn;

  beforeEach(async () => {
    source = new SourceRepository();
    registry = new RegistryStandIn();
    eventSource = new EventSourceStandIn(() => webhookSecret("myorg.my-mono"));
    await Promise.all([registry.listen(), eventSource.listen()]);
  });

  afterEach(async () => {
    source.remove();
    await Promise.all([registry.close(), eventSource.close()]);
  });

  /** Runs both programs, and returns the Workflows that the Sensor's own rules make of what was sent. */
  const sweep = async () => {
    const swept = sweptApplications(project, someCluster).map((known) => ({ ...known, address: source.address }));
    const folder = sweepFolder(swept);
    try {
      const auths = { [new URL(registry.address).host]: robot };
      writeFileSync(join(folder, "config.json"), JSON.stringify({ auths }));
      assert.equal((await findHeads(folder)).code, 0);
      const env = { REGISTRY_URL: registry.address, EVENT_SOURCE_URL: eventSource.address };
      const { code, err } = await sendPushes(folder, env);
      assert.deepEqual([code, err], [0, ""]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return eventSource.delivered.splice(0).flatMap(({ body }) => workflowsOf(body));
  };

  it("has each application that was never built made once, and no other of the repository", async () => {
    source.commit({ "api/a": "1", "web/a": "1" });
    const api = source.commit({ "api/a": "2" });
    const head = source.commit({ "docs/a": "1" });
    source.push();
    source.push("next");
    registry.tags.set("shop/api", [api]);
    const made = await sweep();
    const name = (application: string) => `${application}-${head.slice(0, 12)}`;
    assert.deepEqual(
      made.map((workflow) => at(workflow, "metadata", "name")),
      [name("next"), name("web"), name("whole")],
    );
    for (const workflow of made) {
      assert.equal(at(workflow, "metadata", "namespace"), "shop-build");
      assert.deepEqual(at(workflow, "spec", "arguments", "parameters", 0), { name: "commit", value: head });
      assert.match(String(at(workflow, "spec", "arguments", "parameters", 1, "value")), /^\d{10}$/);
    }
    for (const application of ["web", "whole", "next"]) registry.tags.set(`shop/${application}`, [head]);
    assert.deepEqual(await sweep(), []);
  });

  it("asks for the same Workflow as the push that was lost, so that a commit that is being built is not built twice", async () => {
    const head = source.commit({ "api/a": "1", "web/a": "1" });
    source.push();
    const lost = {
      ...{ ref: "refs/heads/main", before: "b".repeat(40), after: head, created: false, deleted: false, forced: false },
      ...{ commits: [{ added: ["api/a"], modified: [], removed: [] }], "X-GitHub-Event": "push" },
      repository: { full_name: "MyOrg/My-Mono", pushed_at: 1_767_225_600 },
    };
    const names = (workflows: readonly unknown[]) => workflows.map((one) => String(at(one, "metadata", "name")));
    const commit = head.slice(0, 12);
    // A push is built for who is held at another commit too; a sweep looks after what is to run.
    assert.deepEqual(names(workflowsOf(lost)), [`api-${commit}`, `whole-${commit}`, `pinned-${commit}`]);
    assert.deepEqual(names(await sweep()), [`api-${commit}`, `web-${commit}`, `whole-${commit}`]);
  });
});

/** What the rules of every application make of one call. */
function workflowsOf(body: object): readonly unknown[] {
  return project.applications.flatMap(({ name }) => {
    const result = runLua(pushRuleScript("shop", name), { body: toJsonObject(body), headers: {} }, files);
    return at(result, "start") === true ? [at(result, "workflow")] : [];
  });
}
