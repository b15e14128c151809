import assert from "node:assert/strict";
import { isSecretText, secretMark } from "../../../model/secret-text";
import type { PlannedVaultSecret } from "../../../plan/planned-vault";
import { enteredPlaceholder, planApplicationSecrets } from "../../../plan/projects/application-secrets";
import { planProject } from "../../../plan/projects/project";
import { someCluster, someProject } from "../../support/some-project";

const secrets = { STRIPE_KEY: "entered", SESSION_KEY: "generated", API_KEY: "generated" } as const;

function leavesOf(resources: readonly { readonly kind: string }[]): readonly PlannedVaultSecret[] {
  return resources.filter((resource): resource is PlannedVaultSecret => resource.kind === "vault-secret");
}

describe("secrets of an application", () => {
  const resources = planApplicationSecrets("shop", { name: "api", secrets, rotation: 0 }, "idp");
  const leaves = leavesOf(resources);

  it("T22: are protected in Vault, whoever writes them", () => {
    assert.equal(leaves.length, 2);
    assert.ok(leaves.every(({ protect }) => protect === true));
  });

  it("generates each value as 32 letters and digits, and keeps them in one place of Vault", () => {
    const passwords = resources.filter(({ kind }) => kind === "password");
    assert.deepEqual(
      passwords,
      ["shop.api.secret-API_KEY", "shop.api.secret-SESSION_KEY"].map((name) => ({
        ...{ kind: "password", name, length: 32 },
      })),
    );
    const [leaf] = leaves.filter(({ writer }) => writer === "pulumi");
    assert.equal(leaf?.path, "projects/shop/applications/api");
    const marks = Object.entries(leaf.data).map(([key, value]) => [
      key,
      isSecretText(value) ? secretMark(value) : value,
    ]);
    assert.deepEqual(marks, [
      ["API_KEY", "<secret shop.api.secret-API_KEY>"],
      ["SESSION_KEY", "<secret shop.api.secret-SESSION_KEY>"],
    ]);
  });

  it("has a place with a placeholder for each value of a person, which stays when the file forgets it", () => {
    const entered = leaves.filter(({ writer }) => writer === "person");
    assert.deepEqual(entered, [
      {
        ...{ kind: "vault-secret", name: "shop.api.entered-STRIPE_KEY", mount: "idp" },
        path: "projects/shop/applications/api/entered/STRIPE_KEY",
        data: { value: enteredPlaceholder },
        ...{ writer: "person", protect: true, retain: true },
      },
    ]);
  });

  it("makes nothing for an application without secrets", () => {
    assert.deepEqual(planApplicationSecrets("shop", { name: "api", secrets: {}, rotation: 0 }, "idp"), []);
  });

  it("T40: are the same in whatever order the file names them", () => {
    const reversed = Object.fromEntries(Object.entries(secrets).toReversed());
    const other = planApplicationSecrets("shop", { name: "api", secrets: reversed, rotation: 0 }, "idp");
    assert.deepEqual(other, resources);
  });

  it("T22: every secret of a project in Vault is protected, its databases' too", () => {
    const databases = [{ name: "db", type: "postgres", version: "17", size: "1Gi" }];
    const applications = [{ name: "api", port: 80, git: { type: "github", owner: "o", repo: "r" }, secrets }];
    const planned = leavesOf(planProject(someProject({ applications, databases }), someCluster).component.resources);
    assert.ok(planned.some(({ path }) => path === "projects/shop/databases/db"));
    assert.deepEqual(
      planned.filter(({ protect }) => protect !== true),
      [],
    );
  });
});
