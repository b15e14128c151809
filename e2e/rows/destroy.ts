import assert from "node:assert/strict";
import { databaseSecretName, enteredVaultPath, volumeClaimName } from "../../model/names";
import { exists, listObjects } from "../support/kubectl";
import { type ProjectsRun, vaultMount } from "../support/projects-run";

/** The end of the stacks. */
export function destroyRows(current: () => ProjectsRun): void {
  describe("roles vault and projects, destroy", () => {
    it("T22: is refused as long as something is protected, and no data goes", async () => {
      const { gitHub, names } = current();
      await assert.rejects((await current().projectsStack()).destroy(), /protected/);
      await assert.rejects((await current().vaultStack()).destroy(), /protected/);
      const protectedOnes = current()
        .plannedResources(names.projects)
        .filter(({ protect }) => protect);
      assert.ok(protectedOnes.length >= 10);
      assert.deepEqual(
        listObjects("statefulsets", "-A")
          .map(({ metadata }) => metadata.name)
          .sort(),
        ["orders", "orders", "queue"],
      );
      assert.deepEqual(
        gitHub.hosted.repositories.filter(({ archived }) => archived).map(({ name }) => name),
        ["old"],
      );
      assert.equal((await current().vault.ask({ path: `sys/mounts/${vaultMount}` })).status, 200);
    });

    it("unprotected, it leaves volumes, their passwords and a person's secrets, and archives what it made on GitHub", async () => {
      const { gitHub, names, workplace } = current();
      workplace.unprotect(names.projects);
      await (await current().projectsStack()).destroy();
      assert.deepEqual(listObjects("statefulsets", "-A"), []);
      for (const [namespace, database] of [
        ["shop", "orders"],
        ["shop", "queue"],
        ["shop-eu", "orders"],
      ] as const) {
        assert.ok(exists("persistentvolumeclaim", volumeClaimName(database), namespace), `${namespace} ${database}`);
        assert.ok(exists("secret", databaseSecretName(database), namespace), `${namespace} ${database}`);
      }
      // What Argo CD left running there stays closed and limited.
      for (const [kind, name] of [
        ["networkpolicy", "default-deny"],
        ["resourcequota", "project"],
        ["limitrange", "project"],
      ] as const)
        assert.ok(exists(kind, name, "shop"), kind);
      const { data } = await current().vault.readSecret(vaultMount, enteredVaultPath("shop", "api", "PAYMENT_KEY"));
      assert.deepEqual(data, { value: "what a person wrote" });
      const archived = gitHub.hosted.repositories.filter((repository) => repository.archived).map(({ name }) => name);
      assert.deepEqual(archived.sort(), ["old", "projects-gitops", "shop-api"]);
      const web = gitHub.hosted.find("myorg", "shop-web");
      assert.deepEqual([web?.hooks.size, web?.keys.size, web?.topics], [0, 0, ["shop"]]);
      assert.deepEqual(gitHub.defects, []);
    });
  });
}
