import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { releaseFile } from "../../model/release-file";
import { planReleaseWorkflow } from "../../plan/gitops/release-workflow";
import { programs } from "../../plan/program-files";
import { at } from "../support/at";
import { GitHttpServer } from "../support/git/git-http-server";
import { PasswordGate } from "../support/git/password-gate";
import { GitOpsRun, someRelease } from "../support/releases/gitops-run";
import { checkOut, runWorkflow, stepsOf } from "../support/releases/workflow-run";
import { someCluster } from "../support/some-project";

const token = "ghs_canary";
const files = planReleaseWorkflow(someCluster.gitOps, []);
const [script, workflow] = files;
const parsed: unknown = parse(workflow?.content ?? "");

describe("workflow of the GitOps repository", () => {
  it("T29: no command line has anything of the event in it", () => {
    const lines = stepsOf(parsed)
      .map((step) => at(step, "run"))
      .filter((line) => typeof line === "string");
    assert.equal(lines.length, 1);
    for (const line of lines) assert.doesNotMatch(line, /\$\{\{|github\.|inputs/);
  });

  it("T29: actions are pinned by commit, and none keeps the token", () => {
    const actions = stepsOf(parsed).filter((step) => at(step, "uses") !== undefined);
    assert.equal(actions.length, 1);
    for (const action of actions) {
      assert.match(String(at(action, "uses")), /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      assert.equal(at(action, "with", "persist-credentials"), false);
    }
  });

  it("T29: it may write contents and nothing else, and no run takes the place of another build's", () => {
    assert.deepEqual(at(parsed, "permissions"), { contents: "write" });
    assert.equal(at(parsed, "jobs", "release", "permissions"), undefined);
    assert.equal(at(parsed, "concurrency", "cancel-in-progress"), false);
    // GitHub cancels what waits in a group when one more comes.
    const group = String(at(parsed, "concurrency", "group"));
    for (const field of ["project", "application", "commit", "digest"])
      assert.ok(group.includes(`\${{ github.event.client_payload.${field} }}`), field);
  });

  it("starts by the event that the cluster sends, and by nothing else", () => {
    assert.deepEqual(at(parsed, "on"), { repository_dispatch: { types: ["release"] } });
    const sent = /event_type: "(\w+)"/.exec(programs.dispatch)?.[1];
    assert.equal(sent, "release");
  });

  it("has the very script of the cluster, and every field that the cluster sends", () => {
    assert.equal(script?.content, programs.release);
    const env = at(stepsOf(parsed)[1], "env");
    const forms = [...programs.dispatch.matchAll(/^ {2}([A-Z]+): \/\^/gm)].map(([, name]) => name ?? "");
    assert.equal(forms.length, 7);
    for (const name of forms) assert.equal(at(env, name), `\${{ github.event.client_payload.${name.toLowerCase()} }}`);
  });

  it("works on the branch of the settings, whatever it is called", () => {
    for (const branch of ["production", 'a"b', "$&", "yes"]) {
      const [, file] = planReleaseWorkflow({ ...someCluster.gitOps, branch }, []);
      const steps = stepsOf(parse(file?.content ?? ""));
      assert.deepEqual([at(steps[0], "with", "ref"), at(steps[1], "env", "GITOPS_BRANCH")], [branch, branch]);
      assert.equal(file?.branch, branch);
    }
  });
});

describe("run of that workflow", () => {
  let gitOps: GitOpsRun;
  let folder: string;
  let server: GitHttpServer;
  let gate: PasswordGate;
  let context: Record<string, string>;

  beforeEach(async () => {
    gitOps = new GitOpsRun();
    folder = mkdtempSync(join(tmpdir(), "idp-test-workflow-"));
    checkOut(files, folder);
    server = new GitHttpServer(gitOps.repository.folder);
    gate = new PasswordGate(`x-access-token:${token}`, await server.listen());
    context = contextOf(await gate.listen(), folder);
  });

  afterEach(async () => {
    await gate.close();
    await server.close();
    gitOps.remove();
    rmSync(folder, { recursive: true });
  });

  const run = (changes: Readonly<Record<string, string>> = {}) =>
    runWorkflow(folder, { ...context, ...payload(changes) });

  it("T30: releases over http with the token of the run, which is in no file afterwards", async () => {
    const { code, out, err } = await run();
    assert.deepEqual([code, err], [0, ""]);
    assert.equal(gitOps.file(), releaseFile(someRelease));
    assert.equal(readFileSync(join(folder, "summary"), "utf8"), "released");
    assert.deepEqual([...gate.seen], [`x-access-token:${token}`]);
    assert.ok(!`${out}${err}`.includes(token));
    const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of left)
      assert.ok(!readFileSync(join(parentPath, name), "utf8").includes(token), name);
  });

  it("T30: does nothing when the image is the released one, and refuses what is older or pinned", async () => {
    await run();
    assert.equal((await run()).code, 0);
    assert.equal((await run({ pushed: "1600000000", commit: "2".repeat(40) })).code, 0);
    assert.equal((await run({ pinned: "3".repeat(40), pushed: "1800000000" })).code, 0);
    assert.equal(gitOps.subjects.length, 1);
  });

  it("T30: refuses an application that the repository does not know", async () => {
    const { code, sentence } = await run({ application: "other", image: "harbor.lab.example/shop/other" });
    assert.equal(code, 1);
    assert.match(sentence, /has no apps\/shop\/other\/application\.yaml/);
  });

  it("ends at once where the token may not write", async () => {
    context["github.token"] = "ghs_other";
    const { code, sentence } = await run();
    assert.equal(code, 1);
    assert.match(sentence, /the GitOps repository takes no release: .*Authentication failed/);
    assert.equal(gitOps.file(), "");
  });

  const hostile = ["", "$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "'; touch pwned; '", "../../x", "a\nb"];
  for (const field of ["project", "application", "image", "digest", "commit", "pushed", "pinned"])
    it(`T29: a hostile ${field} is only a text`, async () => {
      const values = hostile.filter((value) => field !== "pinned" || value !== "");
      const ended = await Promise.all(values.map((value) => run({ [field]: value })));
      assert.ok(ended.every(({ code }) => code === 1));
      assert.deepEqual(gitOps.subjects, []);
      assert.deepEqual(readdirSync(folder).sort(), [".github"]);
    });
});

function contextOf(server: string, folder: string): Record<string, string> {
  return {
    "github.server_url": server,
    "github.repository": "my-api",
    "github.token": token,
    "runner.temp": folder,
  };
}

function payload(changes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { registryHost, project, application, digest, commit, pushed } = someRelease;
  const image = `${registryHost}/${project}/${application}`;
  const given = { project, application, image, digest, commit, pushed: String(pushed), pinned: "", ...changes };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`github.event.client_payload.${name}`, value]),
  );
}
