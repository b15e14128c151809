import assert from "node:assert/strict";
import { buildName } from "../../../model/names";
import { webhookPath } from "../../../model/repository-names";
import { applicationName, projectName, source } from "../support/pipeline-project";
import type { PipelineRun } from "../support/pipeline-world";
import { watcher } from "../support/step-pod";
import { type StepEnded, strayName } from "../support/step-runs";
import { buildValues, digest, pushed } from "./values";

const address = `git@github.com:${source.owner}/${source.repo}.git`;

/** What looks for keys and for traces must find these. */
const decoys = { "decoy.txt": "-----BEGIN PRIVATE KEY-----\n", [`not-${strayName}.txt`]: "" };

/** What the steps of a build do in pods of their own. */
export function buildRows(current: () => PipelineRun): void {
  describe("steps of a build, as pods", () => {
    let older: string;
    let head: string;
    let other: string;

    before(() => {
      const { sources } = current();
      older = sources.commit({ files: { "greeting.txt": "hello\n" } });
      head = sources.commit({ files: { "greeting.txt": "hello from the newest commit\n", ...decoys } });
      other = sources.commit({ branch: "other", files: { "greeting.txt": "not on main\n" } });
    });

    const check = (commit: string, changes = {}) => {
      const { runs, templates } = current();
      return runs.run(templates.step("check", { values: buildValues(commit, changes) }));
    };

    it("T06: check lets the newest commit through, leaves out what a push came after, and refuses any other", async () => {
      const zeros = "0".repeat(40);
      const byHand = { "workflow.parameters.pushed": "" };
      const [newest, superseded, replaced, foreign, deleted] = await Promise.all([
        ...([check(head), check(older), check(other), check(other, byHand), check(zeros)] as const),
      ]);
      const outcome = ({ code, log, outputs }: StepEnded) => ({ code, log, outputs });
      const done = (decision: string, log: string) => ({
        ...{ code: 0, log },
        outputs: { log, decision, pushed: String(pushed) },
      });
      assert.deepEqual([newest, superseded, replaced].map(outcome), [
        done("build", ""),
        done("superseded", `${older} is not built: ${head} was pushed after it\n`),
        done("superseded", `${other} is not built: it is no longer on the branch "main", whose newest is ${head}\n`),
      ]);
      const refusal = (log: string) => ({ code: 1, log, outputs: { log, decision: "", pushed: "" } });
      assert.deepEqual([foreign, deleted].map(outcome), [
        refusal(
          `the commit ${other} is not on the branch "main" of ${address}; build its newest one (${head}) instead\n`,
        ),
        refusal(`${zeros} stands for no commit: the branch was deleted; give a commit of a branch\n`),
      ]);
    });

    it("T02, T31: what tests a commit has its files, and neither a key nor a token", async () => {
      const { runs, templates } = current();
      const { code, outputs, log, strays } = await runs.run(templates.step("test", { values: buildValues(head) }));
      assert.equal(code, 0, log);
      assert.deepEqual(
        outputs["log"]?.split("\n").map((line) => line.trimEnd()),
        [
          "hello from the newest commit",
          `files: decoy.txt greeting.txt not-${strayName}.txt`,
          "token:",
          "mounts: /run/secrets/kubernetes.io/serviceaccount",
          "keys: /workspace/decoy.txt",
          "",
        ],
      );
      assert.deepEqual(strays, [`${watcher.folder}/workspace/not-${strayName}.txt`]);
      assert.match(log, new RegExp(`^${head} is in place$`, "m"));
    });

    it("report reaches the event source, signed with the key of the repository's webhook", async () => {
      const { events, runs, templates } = current();
      const { code, log } = await runs.run(templates.step("success", { values: buildValues(head) }));
      assert.deepEqual([code, log], [0, ""]);
      const workflow = buildName(applicationName, head);
      const report = {
        application: applicationName,
        commit: head,
        state: "success",
        digest,
        pushed: String(pushed),
        workflow,
      };
      const path = webhookPath(projectName, source.owner, source.repo);
      assert.deepEqual(events.delivered.splice(0), [{ path, body: { "X-GitHub-Event": "report", report } }]);
    });

    it("sweep has a commit built that has no image, and no other", async () => {
      const { events, registry, runs, templates } = current();
      const first = await runs.run(templates.sweep());
      assert.equal(first.code, 0, first.log);
      assert.deepEqual(first.outputs["log"], `api: ${head.slice(0, 7)} has no image: its push was sent again\n`);
      const [sent, ...more] = events.delivered.splice(0);
      assert.deepEqual([sent?.path, more], [webhookPath(projectName, source.owner, source.repo), []]);
      const { after, ref, sweep, "X-GitHub-Event": event } = sent?.body ?? { "X-GitHub-Event": "" };
      assert.deepEqual(
        { after, ref, sweep, event },
        {
          ...{ after: head, ref: "refs/heads/main", event: "push" },
          sweep: { application: applicationName },
        },
      );
      registry.tags.set(`${projectName}/${applicationName}`, [older, head]);
      const second = await runs.run(templates.sweep());
      assert.deepEqual([second.code, second.outputs["log"]], [0, `api: ${head.slice(0, 7)} is built\n`]);
      assert.deepEqual(events.delivered, []);
    });
  });
}
