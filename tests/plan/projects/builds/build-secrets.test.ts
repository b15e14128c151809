import assert from "node:assert/strict";
import fc from "fast-check";
import { isVault } from "../../../../plan/planned-vault";
import { enteredPlaceholder } from "../../../../plan/projects/application-secrets";
import { planProject } from "../../../../plan/projects/project";
import { buildVaultPolicyRules } from "../../../../plan/projects/vault-access";
import { heldData } from "../../../../plan/kept-data";
import { at } from "../../../support/at";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";
import { allowedOn, parsePolicy } from "../../../support/vault-policy";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const slug = fc.stringMatching(/^[ab](-?[ab2]){0,4}$/);

function planned(secrets: readonly string[]) {
  const applications = [{ name: "api", git, port: 8080, build: { secrets } }];
  return planProject(someProject({ applications }), someCluster);
}

function inBuildNamespace(kind: string, secrets: readonly string[]) {
  return manifestsOf(planned(secrets).component.resources, kind).filter(
    ({ manifest }) => manifest.metadata["namespace"] === "shop-build",
  );
}

describe("secrets of builds", () => {
  const { component, vaultSecrets } = planned(["NPM_TOKEN", "CERT"]);

  it("T22: have a place in Vault each, protected, with a placeholder, which is the person's from then on", () => {
    const places = component.resources
      .filter(isVault)
      .filter(({ kind, name }) => kind === "vault-secret" && name.includes(".build-"));
    assert.deepEqual(
      places,
      ["CERT", "NPM_TOKEN"].map((name) => ({
        ...{ kind: "vault-secret", name: `shop.api.build-secret-${name}`, mount: "idp" },
        path: `projects/shop/builds/api/${name}`,
        data: { value: enteredPlaceholder },
        ...{ writer: "person", protect: true, retain: true },
        part: { type: "idp:projects:Builds", name: "shop.builds" },
      })),
    );
  });

  it("are among those that a person is told to enter, and among the data that a file cannot lose by a slip", () => {
    const entered = vaultSecrets.filter(({ writer }) => writer === "person").map(({ path }) => path);
    assert.deepEqual(entered, ["projects/shop/builds/api/CERT", "projects/shop/builds/api/NPM_TOKEN"]);
    const held = heldData([planned(["NPM_TOKEN"])]).filter(({ kind }) => kind === "secret");
    assert.ok(
      held.some(
        (datum) =>
          JSON.stringify(datum) ===
          JSON.stringify({ kind: "secret", project: "shop", name: "builds/api/NPM_TOKEN", of: "api" }),
      ),
    );
  });

  it("T18: the policy of builds reads them and nothing else of the project, nor of any other", () => {
    assert.deepEqual(parsePolicy(buildVaultPolicyRules("shop", "idp")), [
      { path: "idp/data/projects/shop/builds/*", capabilities: ["read"] },
    ]);
    const files = ["/applications/api", "/databases/db", "/github", "/registry", "/builds", "/buildsx/api/T", "/"];
    fc.assert(
      fc.property(slug, slug, fc.constantFrom("data", "metadata", "delete"), (project, other, branch) => {
        const rules = parsePolicy(buildVaultPolicyRules(project, "idp"));
        for (const file of files)
          assert.deepEqual(allowedOn(`idp/${branch}/projects/${project}${file}`, rules), [], file);
        if (other !== project) assert.deepEqual(allowedOn(`idp/${branch}/projects/${other}/builds/api/T`, rules), []);
        const own = allowedOn(`idp/${branch}/projects/${project}/builds/api/T`, rules);
        assert.deepEqual(own, branch === "data" ? ["read"] : []);
      }),
    );
  });

  it("T19: the role is that of one account of the build namespace, for ten minutes", () => {
    const roles = component.resources
      .filter(isVault)
      .flatMap((resource) => (resource.kind === "vault-role" ? [resource] : []));
    const found = roles.find(({ role }) => role === "project-shop-build");
    assert.deepEqual(
      [found?.namespace, found?.serviceAccount, found?.audience, found?.policies, found?.tokenTtl],
      ["shop-build", "secret-reader", "vault", ["project-shop-build"], 600],
    );
  });

  it("T23: come by a store of the build namespace alone, whose token is made out for Vault", () => {
    const [store] = inBuildNamespace("SecretStore", ["NPM_TOKEN"]);
    const kubernetes = at(store?.manifest, "spec", "provider", "vault", "auth", "kubernetes");
    assert.equal(at(kubernetes, "role"), "project-shop-build");
    assert.deepEqual(at(kubernetes, "serviceAccountRef"), { name: "secret-reader", audiences: ["vault"] });
    const made = component.resources.map(({ name }) => name);
    for (const name of store?.dependsOn ?? []) assert.ok(made.indexOf(name) < made.indexOf(store?.name ?? ""), name);
  });

  it("become the Secret of one application's builds, a key for each", () => {
    const [secret, ...others] = inBuildNamespace("ExternalSecret", ["NPM_TOKEN"]);
    assert.deepEqual(others, []);
    assert.equal(at(secret?.manifest, "spec", "target", "name"), "api-build-secrets");
    assert.deepEqual(at(secret?.manifest, "spec", "data"), [
      { secretKey: "NPM_TOKEN", remoteRef: { key: "projects/shop/builds/api/NPM_TOKEN", property: "value" } },
    ]);
  });

  it("bring nothing into the build namespace of a project that has none", () => {
    for (const kind of ["SecretStore", "ExternalSecret"]) assert.deepEqual(inBuildNamespace(kind, []), []);
    assert.ok(planned([]).component.resources.every(({ name }) => !name.startsWith("shop.build-vault")));
  });
});
