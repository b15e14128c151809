import assert from "node:assert/strict";
import { planDatabase } from "../../../plan/projects/database";
import { credentialKeys } from "../../../plan/projects/engines/engine-server";
import { at } from "../../support/at";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

describe("credentials of a database", () => {
  const project = someProject({ databases: everyDatabase() });

  for (const database of project.databases) {
    const { name, type, version } = database;

    it(`T22: of ${type} ${version} are in Vault too, protected, without what only the pod reads`, () => {
      const { resources } = planDatabase(project, database, someCluster);
      const [leaf, ...others] = resources.filter((resource) => resource.kind === "vault-secret");
      assert.ok(leaf);
      assert.deepEqual(others, []);
      assert.equal(leaf.path, `projects/shop/databases/${name}`);
      assert.deepEqual([leaf.name, leaf.mount], [`shop.${name}.vault-credentials`, "idp"]);
      assert.deepEqual([leaf.writer, leaf.protect], ["pulumi", true]);
      assert.deepEqual(Object.keys(leaf.data).sort(), Object.values(credentialKeys).sort());
      const [secret] = manifestsOf(resources, "Secret");
      for (const [key, value] of Object.entries(leaf.data))
        assert.deepEqual(value, at(secret, "manifest", "stringData", key), key);
    });
  }
});
