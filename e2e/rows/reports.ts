import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { dispatchTokenSecret, dispatchTokenSecretName } from "../../model/dispatch-names";
import { releaseTemplateName } from "../../model/pipeline-names";
import { statusTokenSecret, statusTokensSecretName } from "../../model/report-names";
import { releaseNamespace } from "../../model/repository-names";
import { releaseWorkflowPath } from "../../plan/gitops/release-workflow";
import { programs } from "../../plan/program-files";
import { at } from "../../tests/support/at";
import { runReleaseStep } from "../support/installed-step";
import { allObjects, type ClusterObject, secretTexts } from "../support/kubectl";
import { placesOf } from "../support/leaks";
import { gitHubTokens, type ProjectsRun, reportTokens } from "../support/projects-run";

const statusToken = reportTokens[statusTokenSecret("myorg")] ?? "";
const dispatchToken = reportTokens[dispatchTokenSecret] ?? "";
const digest = `sha256:${"ab".repeat(32)}`;

/** What builds and releases tell GitHub, with which tokens, and where those are. */
export function reportRows(current: () => ProjectsRun): void {
  describe("reports of builds to GitHub", () => {
    it("T16, T31: each token for it is in one Secret, where releases run, and in no other object; the tokens of the accounts in none", () => {
      const objects = allObjects();
      assert.ok(objects.length > 200);
      assert.deepEqual(holders(objects, statusToken), [`Secret ${releaseNamespace}/${statusTokensSecretName}`]);
      assert.deepEqual(holders(objects, dispatchToken), [`Secret ${releaseNamespace}/${dispatchTokenSecretName}`]);
      for (const token of Object.values(gitHubTokens)) assert.deepEqual(holders(objects, token), []);
      const held = objects.find(({ kind, metadata }) => kind === "Secret" && metadata.name === statusTokensSecretName);
      assert.deepEqual(held && secretTexts(held), { myorg: statusToken });
    });

    it("T31: nothing but the template of releases names those Secrets, and each is for one of its steps", () => {
      const workloads = allObjects().filter(({ kind }) => kind !== "Secret");
      for (const [secret, step] of [
        [statusTokensSecretName, "status"],
        [dispatchTokenSecretName, "dispatch"],
      ] as const) {
        const found = workloads.filter((object) => placesOf(secret, object["spec"]).length > 0);
        assert.deepEqual(found.map(labelOf), [`WorkflowTemplate ${releaseNamespace}/${releaseTemplateName}`]);
        const templates = at(found[0], "spec", "templates");
        const named = (Array.isArray(templates) ? templates : []).filter(
          (template) => placesOf(secret, at(template, "volumes")).length > 0,
        );
        assert.deepEqual(
          named.map((template: unknown) => at(template, "name")),
          [step],
        );
      }
    });

    it("a build and its release show as states of the commit, by requests that GitHub's description allows", async () => {
      const { gitHub } = current();
      const web = gitHub.hosted.find("myorg", "shop-web");
      const commit = web?.git.head("main")?.sha ?? "";
      for (const state of ["pending", "success"]) {
        const { code, out } = await runReleaseStep("status", { ...build("web", commit), state });
        assert.deepEqual([code, out], [0, `GitHub shows ${state} on ${commit.slice(0, 7)} of myorg/shop-web\n`]);
      }
      const told = { sha: commit, context: "shop/web", description: "as a test says", target };
      assert.deepEqual(web?.statuses, [
        { ...told, state: "pending" },
        { ...told, state: "success" },
      ]);
      assert.deepEqual(gitHub.defects, []);
    });

    it("a state that cannot be shown is a sentence and no failure: no such commit, and an owner without a token", async () => {
      const unknown = await runReleaseStep("status", { ...build("web", "1".repeat(40)), state: "failure" });
      assert.equal(unknown.code, 0);
      assert.match(unknown.out, /GitHub answers 422: myorg\/shop-web has no such commit/);
      const partner = {
        ...build("api", "1".repeat(40)),
        project: "shop-eu",
        repository: "partner/eu-api",
        state: "success",
      };
      const { code, out } = await runReleaseStep("status", partner);
      assert.deepEqual([code, out], [0, "GitHub shows no state: idp:githubStatusTokens has none for partner\n"]);
      assert.deepEqual(current().gitHub.defects, []);
    });

    it("T29, T30: the workflow of `dispatch` is on GitHub as planned, puts no text of an event into a script, and runs the cluster's own script", () => {
      const gitOps = current().gitHub.hosted.find("myorg", "projects-gitops");
      const workflow: unknown = parse(gitOps?.file(releaseWorkflowPath) ?? "");
      assert.deepEqual(at(workflow, "on"), { repository_dispatch: { types: ["release"] } });
      assert.deepEqual(at(workflow, "permissions"), { contents: "write" });
      assert.match(String(at(workflow, "concurrency", "group")), /client_payload\.commit/);
      const [checkout, run] = z.tuple([z.unknown(), z.unknown()]).parse(at(workflow, "jobs", "release", "steps"));
      assert.match(String(at(checkout, "uses")), /^actions\/checkout@[0-9a-f]{40}$/);
      assert.deepEqual(at(checkout, "with"), { ref: "main", "persist-credentials": false });
      assert.match(String(at(run, "run")), /^sh \.github\/release\.sh$/m);
      assert.doesNotMatch(String(at(run, "run")), /\$\{\{/);
      assert.equal(gitOps?.file(".github/release.sh"), programs.release);
    });

    it("T30: a release is handed over as data, by a request that GitHub's description allows", async () => {
      const { hosted, defects } = current().gitHub;
      const gitOps = hosted.find("myorg", "projects-gitops");
      const given = build("worker", "2".repeat(40));
      const { code, out, description } = await runReleaseStep("dispatch", given);
      const said = "handed over to GitHub Actions of myorg/projects-gitops";
      assert.deepEqual([code, out.trim(), description], [0, said, said]);
      const { project, application, commit, pushed, pinned } = given;
      const payload = { project, application, image: `${registry}/shop/worker`, digest, commit, pushed, pinned };
      assert.deepEqual(gitOps?.dispatches, [{ event: "release", payload }]);
      assert.deepEqual(defects, []);
    });
  });
}

const registry = "harbor.lab.example";
const target = "https://workflows.lab.example/workflows/shop-build/web-1a2b3c4d5e6f";

/** What a report says, with what the project's file and the Workflow add. */
function build(application: string, commit: string) {
  return {
    ...{ project: "shop", application, commit, digest, pushed: "1790000000", pinned: "" },
    ...{ repository: `myorg/shop-${application}`, state: "success", description: "as a test says", target },
  };
}

/** Objects that hold a text somewhere, in base64 too. */
function holders(objects: readonly ClusterObject[], text: string): readonly string[] {
  const encoded = Buffer.from(text).toString("base64");
  const holds = (object: ClusterObject) => [text, encoded].some((form) => placesOf(form, object).length > 0);
  return objects.filter((object) => holds(object) || placesOf(text, secretData(object)).length > 0).map(labelOf);
}

function secretData(object: ClusterObject): unknown {
  return object.kind === "Secret" ? secretTexts(object) : {};
}

function labelOf({ kind = "", metadata: { namespace = "", name } }: ClusterObject): string {
  return `${kind} ${namespace}/${name}`;
}
