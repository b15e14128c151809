import assert from "node:assert/strict";
import { at } from "../../../tests/support/at";
import { releaseValues, buildValues } from "./values";
import type { PipelineRun } from "../support/pipeline-world";
import { strayName, type StepEnded } from "../support/step-runs";

/** What a shell, a path, an address, JSON or Argo would take for something else than text. */
const touch = `touch /tmp/${strayName} /results/${strayName} /log/${strayName} /workspace/${strayName}`;
const hostile = `'"; ${touch}; $(${touch}) \`${touch}\` | & > ../../../tmp/${strayName} {{workflow.name}}\n$(${touch})\n","x":"`;

/** Nothing of a value is done, wherever it stands. */
export function hostileRows(current: () => PipelineRun): void {
  describe("hostile values, as pods get them", () => {
    const commit = "1a2b3c4".padEnd(40, "6");

    /** By input or parameter: how the step ended that had the hostile value there. */
    const each = async (names: readonly string[], run: (name: string) => Promise<StepEnded>) => {
      const ended = await Promise.all(names.map(run));
      assert.deepEqual(
        ended.flatMap(({ strays }) => strays),
        [],
      );
      return Object.fromEntries(ended.map(({ code, log }, index) => [names[index] ?? "", [code, log]]));
    };

    it("of a commit that is to be checked are refused", async () => {
      const { runs, sources, templates } = current();
      const values = buildValues(sources.git("rev-parse", "main^"));
      const found = await each(["repository", "branch", "commit", "pushed", "paths"], (input) =>
        runs.run(templates.step("check", { values, inputs: { [input]: hostile } })),
      );
      const quoted = `"${hostile.replaceAll("\n", " ")}"`;
      assert.deepEqual(found, {
        repository: [1, `${quoted} is no URL of a repository; correct git.owner and git.repo\n`],
        branch: [1, `${quoted} is no name of a branch; correct git.branch\n`],
        commit: [1, `${quoted} is no commit; give the 40 hexadecimal digits of one\n`],
        pushed: [1, `${quoted} is no time of a push; give seconds since 1970, or nothing for a build by hand\n`],
        // They are paths that nothing has changed.
        paths: [0, ""],
      });
    });

    it("of a commit that is to be fetched are refused before anything runs", async () => {
      const { runs, sources, templates } = current();
      const values = buildValues(sources.head("main"));
      const found = await each(["repository", "branch", "commit"], (input) =>
        runs.run(templates.step("test", { values, inputs: { [input]: hostile } })),
      );
      assert.deepEqual(
        Object.values(found).map(([code]) => code),
        [1, 1, 1],
      );
      for (const [input, [, log]] of Object.entries(found))
        assert.match(String(log), /^"'"; touch .* is no /, `${input}: ${String(log)}`);
    });

    it("of a key's name start nothing", async () => {
      const { runs, templates } = current();
      const given = { values: buildValues(commit), inputs: { "repository-key": hostile } };
      const said = await Promise.all(
        ["check", "test", "success"].map((name) => runs.unstarted(templates.step(name, given))),
      );
      for (const message of said) assert.match(message, /references non-existent secret key: '"; touch /);
    });

    it("of a report are text, and an endpoint is refused", async () => {
      const { events, runs, templates } = current();
      const fields = ["application", "commit", "state", "digest", "pushed"];
      const inputs = Object.fromEntries(fields.map((field) => [field, hostile]));
      const given = { values: buildValues(commit, { "workflow.name": hostile }), inputs };
      const [text, address] = await Promise.all([
        runs.run(templates.step("success", given)),
        runs.run(templates.step("success", { values: buildValues(commit), inputs: { endpoint: hostile } })),
      ]);
      assert.deepEqual([text.code, text.strays, address.code, address.strays], [0, [], 1, []]);
      const report = Object.fromEntries([...fields, "workflow"].map((field) => [field, hostile]));
      assert.deepEqual(
        events.delivered.splice(0).map(({ body }) => body.report),
        [report],
      );
      assert.match(address.log, /is no address; correct ENDPOINT in the template of builds$/m);
    });

    it("of a release are refused, and nothing is committed", async () => {
      const { gitOps, runs, templates } = current();
      const before = gitOps.git("for-each-ref");
      const found = await each(["project", "application", "commit", "digest", "pushed", "pinned"], (name) =>
        runs.run(templates.task("commit", { values: releaseValues(commit, { [name]: hostile }) })),
      );
      const refused = "release of e2e-pipeline/api:";
      assert.deepEqual(found, {
        project: [1, "release of an application: PROJECT is no name of a project\n"],
        application: [1, "release of an application: APPLICATION is no name of an application\n"],
        commit: [1, `${refused} COMMIT is not 40 lower-case hex digits\n`],
        digest: [1, `${refused} DIGEST is no digest of an image\n`],
        pushed: [1, `${refused} PUSHED is no number of seconds\n`],
        pinned: [1, `${refused} PINNED is not 40 lower-case hex digits\n`],
      });
      assert.equal(gitOps.git("for-each-ref"), before);
    });

    it("of a state are refused or text, and no pod fails", async () => {
      const { gitHub, runs, templates } = current();
      const values = { ...releaseValues(commit), "tasks.commit.outputs.parameters.description": "released" };
      const tell = (changes: Record<string, string>, inputs: Record<string, string> = {}) =>
        runs.run(templates.task("tell-released", { values: { ...values, ...changes }, inputs }));
      const parameters = ["repository", "commit", "project"];
      const inputs = ["state", "target"];
      const found = await each([...parameters, ...inputs], (name) =>
        parameters.includes(name) ? tell({ [`workflow.parameters.${name}`]: hostile }) : tell({}, { [name]: hostile }),
      );
      assert.deepEqual(
        Object.values(found).map(([code]) => code),
        [0, 0, 0, 0, 0],
      );
      for (const [name, [, log]] of Object.entries(found))
        assert.match(String(log), /^GitHub shows no new state: [A-Z_]+ does not have its form$/m, name);
      // What GitHub is asked and the chat is told has nothing of the value in it.
      assert.deepEqual(gitHub.under("/repos/"), []);
      assert.ok(!JSON.stringify(gitHub.asked.splice(0)).includes(strayName));
      const { code, strays } = await tell({}, { description: hostile });
      assert.deepEqual([code, strays], [0, []]);
      const [status] = gitHub.asked.splice(0);
      assert.equal(at(status, "body", "description"), `${hostile.replaceAll(/\s+/g, " ").trim().slice(0, 139)}…`);
    });
  });
}
