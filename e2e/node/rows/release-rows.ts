import assert from "node:assert/strict";
import { deliveryFolder } from "../../../model/names";
import { releaseFile } from "../../../model/release-file";
import { someCluster } from "../../../tests/support/some-project";
import { applicationName, projectName } from "../support/pipeline-project";
import type { PipelineRun } from "../support/pipeline-world";
import { digest, pushed, releaseValues } from "./values";

const [commit, older] = ["1a2b3c4".padEnd(40, "5"), "9f8e7d6".padEnd(40, "0")];
const file = `${deliveryFolder(projectName, applicationName)}/kustomization.yaml`;
const name = `${projectName}/${applicationName}`;

/** What happens in pods once a build has reported. */
export function releaseRows(current: () => PipelineRun): void {
  describe("a release and the state of its commit, as pods", () => {
    const release = (values: ReturnType<typeof releaseValues>) => {
      const { runs, templates } = current();
      return runs.run(templates.task("commit", { values }));
    };

    it("T30: a release commits the digest by the write key, once, and none that was pushed before", async () => {
      const { gitOps } = current();
      const described = async (values: ReturnType<typeof releaseValues>) => {
        const { code, log, outputs } = await release(values);
        assert.equal(code, 0, log);
        return [outputs["description"], gitOps.head("main")] as const;
      };
      const before = gitOps.head("main");
      const [first, head] = await described(releaseValues(commit));
      assert.equal(first, "released");
      assert.equal(gitOps.git("rev-parse", `${head}^`), before);
      assert.equal(
        gitOps.git("log", "-1", "--format=%s", head),
        `release ${name} 1a2b3c4 (sha256:${"d".repeat(12)}...)`,
      );
      assert.equal(gitOps.git("diff", "--name-only", before, head), file);
      const { registryHost } = someCluster;
      const content = { registryHost, project: projectName, application: applicationName, digest, commit, pushed };
      assert.equal(`${gitOps.git("show", `${head}:${file}`)}\n`, releaseFile(content));
      assert.deepEqual(await described(releaseValues(commit)), ["this image is the released one already", head]);
      assert.deepEqual(await described(releaseValues(older, { pushed: String(pushed - 60) })), [
        "built, and not released: 1a2b3c4 was pushed later and is released",
        head,
      ]);
    });

    it("GitHub and the chat are told of it, each by its own secret", async () => {
      const { gitHub, runs, secrets, templates } = current();
      const values = { ...releaseValues(commit), "tasks.commit.outputs.parameters.description": "released" };
      const { code, log } = await runs.run(templates.task("tell-released", { values }));
      assert.deepEqual([code, log], [0, "GitHub shows success on 1a2b3c4 of myorg/my-api\nthe chat is told\n"]);
      const page = `https://${someCluster.workflowsHost}/workflows/${projectName}-build/api-1a2b3c455555`;
      const [status, chat, ...more] = gitHub.asked.splice(0);
      const address = `/repos/myorg/my-api/statuses/${commit}`;
      assert.deepEqual([status?.method, status?.path, more], ["POST", address, []]);
      assert.equal(status?.headers["authorization"], `Bearer ${secrets.token}`);
      assert.deepEqual(status.body, { state: "success", context: name, description: "released", target_url: page });
      assert.equal(chat?.path, new URL(secrets.chat).pathname);
      assert.equal(chat.headers["authorization"], undefined);
      assert.deepEqual(chat.body, { text: `${name} 1a2b3c4: success, released ${page}` });
    });

    it("a GitHub that answers 500 for ever makes no pod fail", async () => {
      const { gitHub, runs, templates } = current();
      gitHub.answers.push(...Array.from({ length: 4 }, () => ({ status: 500 })));
      const { code, log } = await runs.run(templates.task("tell-not-released", { values: releaseValues(commit) }));
      const said = "GitHub shows no new state: GitHub answers 500: it takes no status now\n";
      assert.deepEqual([code, log.includes(said)], [0, true], log);
      assert.equal(gitHub.asked.splice(0).filter(({ path }) => path.startsWith("/repos/")).length, 4);
    });
  });
}
