import assert from "node:assert/strict";
import { enteredVaultKey, enteredVaultPath } from "../../model/names";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { previewed, touchedBy } from "../support/touched";

const entered = enteredVaultPath("shop", "api", "PAYMENT_KEY");
const release = "apps/shop/api/kustomization.yaml";
const released = "resources: [application.yaml]\nimages: [{ name: shop/api, digest: sha256:0 }]\n";

/** What later runs change, and what they leave alone. */
export function steadyRows(current: () => ProjectsRun): void {
  describe("role projects, later runs", () => {
    it("T40: the second up changes nothing, neither here nor on GitHub", async () => {
      const { gitHub } = current();
      const before = gitHub.exchanges.length;
      const stack = await current().projectsStack();
      assert.deepEqual(await touchedBy((onEvent) => stack.up({ onEvent, expectNoChanges: true })), []);
      assert.deepEqual(gitHub.writesSince(before), []);
    });

    it("T28: a release and a secret that a person entered stay through refresh, preview and up", async () => {
      const { gitHub, vault } = current();
      const gitOps = gitHub.hosted.find("myorg", "projects-gitops");
      gitOps?.push(release, released, "Release shop/api");
      await vault.writeSecret(vaultMount, entered, { [enteredVaultKey]: "what a person wrote" });
      const before = gitHub.exchanges.length;
      const stack = await current().projectsStack();
      await stack.refresh();
      assert.deepEqual(await previewed(stack), []);
      await stack.up({ expectNoChanges: true });
      assert.deepEqual(gitHub.writesSince(before), []);
      assert.equal(gitOps?.file(release), released);
      assert.deepEqual((await vault.readSecret(vaultMount, entered)).data, {
        [enteredVaultKey]: "what a person wrote",
      });
    });

    it("a new application of a known repository touches its own project, and of what all share the Sensor and its rules", async () => {
      const { gitHub, workplace } = current();
      const before = gitHub.exchanges.length;
      workplace.writeProject("shop", withApplication(workplace.readProject("shop")));
      const stack = await current().projectsStack();
      const touched = await touchedBy((onEvent) => stack.up({ onEvent }));
      const made = touched.filter(({ operation }) => operation === "create");
      assert.deepEqual(
        made.map(({ name }) => name).filter((name) => !/^shop\.(jobs\..*|network-application-jobs)$/.test(name)),
        [],
      );
      assert.deepEqual(
        touched
          .filter(({ operation }) => operation !== "create")
          .map(({ operation, name }) => `${operation} ${name}`)
          .sort(),
        [
          "update pipeline.push-rules",
          "update pipeline.sensor",
          "update shop.application-set",
          "update shop.sweep-list",
        ],
      );
      const paths = gitHub.writesSince(before).map((write) => write.split(" ")[1]);
      assert.deepEqual(
        [...new Set(paths)],
        ["/api/v3/repos/myorg/projects-gitops/contents/apps/shop/jobs/application.yaml"],
      );
      assert.equal(gitHub.hosted.find("myorg", "projects-gitops")?.file(release), released);
      await stack.up({ expectNoChanges: true });
    });

    it("a database on another port changes its Secret and its Service in place, and the file of the application that uses it", async () => {
      const { workplace } = current();
      const shop = workplace.readProject("shop");
      workplace.writeProject("shop", shop.replace('version: "17"', 'version: "17", port: 6432'));
      const stack = await current().projectsStack();
      const touched = await touchedBy((onEvent) => stack.up({ onEvent }));
      assert.deepEqual(touched.map(({ operation, name }) => `${operation} ${name}`).sort(), [
        "update shop.api.application-file",
        "update shop.orders.credentials",
        "update shop.orders.service",
        "update shop.orders.vault-credentials",
      ]);
      workplace.writeProject("shop", shop);
      await stack.up();
    });

    it("no request and no answer on GitHub was other than its description says", () => {
      assert.deepEqual(current().gitHub.defects, []);
      assert.ok(current().gitHub.exchanges.length > 50);
    });
  });
}

/** One more application of a repository that the project has already. */
function withApplication(project: string): string {
  const text = [
    "applications:",
    "  - name: jobs",
    "    git: { type: github, owner: myorg, repo: shop-web }",
    "    repository: { mode: adopt }",
    "    port: 9100",
  ];
  return project.replace(/^applications:$/m, text.join("\n"));
}
