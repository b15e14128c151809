import assert from "node:assert/strict";
import { placesOf } from "../support/leaks";
import { listObjects } from "../support/kubectl";
import { isThere, plannedManifests } from "../support/planned";
import { absentInVault, absentOnGitHub } from "../support/planned-services";
import { podsOf } from "../support/pods";
import { gitHubTokens, type ProjectsRun } from "../support/projects-run";

/** The first up of the projects stack, and what is there after it. */
export function firstUpRows(current: () => ProjectsRun): void {
  describe("role projects, first up", () => {
    it("the API server, Vault and GitHub accept everything (T27: CI's files are not written)", async () => {
      const { gitHub, names } = current();
      const stack = await current().projectsStack();
      assert.equal((await stack.up()).summary.result, "succeeded");
      const values = await current().secretValues();
      const resources = current().plannedResources(names.projects);
      const absent = plannedManifests(current().planned(names.projects)).filter((resource) => !isThere(resource));
      assert.deepEqual(
        absent.map(({ name }) => name),
        [],
      );
      assert.deepEqual(absentOnGitHub(resources, gitHub.hosted, values), []);
      assert.deepEqual(await absentInVault(resources, values, current().vault), []);
      const files = [...(gitHub.hosted.find("myorg", "projects-gitops")?.git.head("main")?.files.keys() ?? [])];
      assert.deepEqual(files.sort(), [
        ".github/release.sh",
        ".github/workflows/release.yaml",
        "README.md",
        "apps/shop-eu/api/application.yaml",
        "apps/shop/api/application.yaml",
        "apps/shop/web/application.yaml",
        "apps/shop/worker/application.yaml",
      ]);
    });

    it("a repository that is taken over keeps what a person set, and applications of one share hook and key", () => {
      const { hosted } = current().gitHub;
      const [web, api] = [hosted.find("myorg", "shop-web"), hosted.find("myorg", "shop-api")];
      assert.deepEqual(
        [web?.settings["description"], web?.settings["has_wiki"], web?.settings["delete_branch_on_merge"]],
        ["A person's words", false, true],
      );
      assert.deepEqual([web?.topics, web?.visibility, web?.vulnerabilityAlerts], [["shop"], "public", true]);
      assert.deepEqual([api?.visibility, api?.hooks.size, api?.keys.size, api?.rulesets.size], ["private", 1, 1, 1]);
    });

    it("a repository that is made starts with the branch of its project's file, and not with that of the account", () => {
      const { hosted } = current().gitHub;
      const [made, gitOps] = [hosted.find("myorg", "shop-api"), hosted.find("myorg", "projects-gitops")];
      assert.deepEqual([made?.defaultBranch, made?.git.branches], ["production", ["production"]]);
      assert.deepEqual([gitOps?.defaultBranch, gitOps?.git.branches], ["main", ["main"]]);
    });

    it("T12, T14: every pod of a database is admitted", () => {
      const namespaces = ["shop", "shop-eu"];
      const rejected = namespaces.flatMap((name) =>
        listObjects("events", "-n", name, "--field-selector", "reason=FailedCreate"),
      );
      assert.deepEqual(
        rejected.map((event) => event["message"]),
        [],
      );
      const pods = namespaces.flatMap(podsOf).map(({ metadata, status }) => `${metadata.name} ${status.phase}`);
      assert.deepEqual(pods.sort(), ["orders-0 Running", "orders-0 Running", "queue-0 Running"]);
    });

    it("T16: no secret is in clear in the exported state or in the outputs", async () => {
      const stack = await current().projectsStack();
      const { secrets } = await current().secretValues();
      const state = current().workplace.exportStack(current().names.projects);
      const outputs = await stack.outputs();
      assert.ok(secrets.length > 20);
      for (const secret of [...secrets, ...Object.values(gitHubTokens)]) {
        assert.deepEqual([...placesOf(secret, state), ...placesOf(secret, outputs)], []);
      }
    });
  });
}
