import assert from "node:assert/strict";
import fc from "fast-check";
import { vaultAudience, vaultAuthPath } from "../../../model/platform-names";
import { isVault } from "../../../plan/planned-vault";
import { planProject } from "../../../plan/projects/project";
import { planVaultAccess, vaultPolicyRules } from "../../../plan/projects/vault-access";
import { someCluster, someProject } from "../../support/some-project";
import { allowedOn, parsePolicy } from "../../support/vault-policy";

const mount = "idp";
const slug = fc.stringMatching(/^[ab](-?[ab2]){0,4}$/);
const branches = ["data", "metadata", "delete", "undelete", "destroy", "subkeys"] as const;
const files = [
  "",
  "/applications/api",
  "/applications/api/entered/KEY",
  "/databases/db",
  "/github",
  "/registry",
  "/x/y/z",
];

function rulesOf(project: string) {
  return parsePolicy(vaultPolicyRules(project, mount));
}

describe("a project's access to Vault", () => {
  it("T18: allows to read its own subtree and to list it, and nothing else", () => {
    assert.deepEqual(rulesOf("shop"), [
      { path: "idp/data/projects/shop/*", capabilities: ["read"] },
      { path: "idp/metadata/projects/shop/*", capabilities: ["list", "read"] },
    ]);
  });

  it("T18: covers every secret that the project has in Vault", () => {
    const applications = [
      {
        ...{ name: "api", port: 80, git: { type: "github", owner: "myorg", repo: "api" } },
        secrets: { SESSION_KEY: "generated", STRIPE_KEY: "entered" },
      },
    ];
    const databases = [{ name: "db", type: "redis", version: "7.2", size: "1Gi" }];
    const { vaultSecrets } = planProject(someProject({ applications, databases }), someCluster);
    assert.ok(vaultSecrets.length >= 3);
    for (const { path } of vaultSecrets) assert.deepEqual(allowedOn(`idp/data/${path}`, rulesOf("shop")), ["read"]);
    assert.deepEqual(allowedOn("idp/metadata/projects/shop/", rulesOf("shop")), ["list", "read"]);
  });

  it("T18: allows nothing of another project, also when one name starts with the other", () => {
    const pairs = fc.oneof(
      fc.tuple(slug, slug),
      fc.tuple(slug, fc.stringMatching(/^-?[ab2]{1,3}$/)).map(([name, more]) => [name, `${name}${more}`] as const),
      fc.constantFrom(["shop", "shop-2"] as const, ["a", "a-b"] as const, ["a-b", "a"] as const),
    );
    fc.assert(
      fc.property(pairs, fc.constantFrom(...branches), fc.constantFrom(...files, "/"), ([one, other], branch, file) => {
        fc.pre(one !== other);
        for (const [reader, owner] of [
          [one, other],
          [other, one],
        ] as const) {
          const path = `${mount}/${branch}/projects/${owner}${file}`;
          assert.deepEqual(allowedOn(path, rulesOf(reader)), [], `${reader} on ${path}`);
        }
      }),
    );
  });

  it("T18: allows nothing above its own folder, and no path of Vault itself", () => {
    const above = ["", "/", "/projects", "/projects/", "/projects/shop"].flatMap((end) =>
      branches.map((branch) => `${mount}/${branch}${end}`),
    );
    const others = [
      "sys/policies/acl/project-shop",
      "auth/kubernetes/role/project-shop",
      "identity/entity",
      "cubbyhole/x",
    ];
    for (const path of [...above, ...others, "other/data/projects/shop/x"])
      assert.deepEqual(allowedOn(path, rulesOf("shop")), [], path);
  });

  it("T18: has neither `sudo` nor a wildcard but the last one, whatever the project and the mount", () => {
    fc.assert(
      fc.property(slug, fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,5}$/), (project, engine) => {
        for (const { path, capabilities } of parsePolicy(vaultPolicyRules(project, engine))) {
          assert.match(path, new RegExp(`^${engine}/(data|metadata)/projects/${project}/\\*$`));
          assert.doesNotMatch(path, /\+/);
          assert.ok(capabilities.every((capability) => ["list", "read"].includes(capability)));
        }
      }),
    );
  });

  it("T18: is checked by an evaluator that knows prefixes and single segments", () => {
    const rules = parsePolicy('path "idp/data/projects/shop*" {\n  capabilities = ["read"]\n}\n');
    assert.deepEqual(allowedOn("idp/data/projects/shop-2/databases/db", rules), ["read"]);
    const segment = parsePolicy('path "idp/data/projects/+/databases/*" {\n  capabilities = ["read"]\n}\n');
    assert.deepEqual(allowedOn("idp/data/projects/blog/databases/db", segment), ["read"]);
    assert.deepEqual(allowedOn("idp/data/projects/a/b/databases/db", segment), []);
    assert.throws(() => parsePolicy('path "x" { policy = "write" }'), /no rule/);
  });

  it("T19: binds the role to one service account of one namespace, an audience, its policy and at most an hour", () => {
    const [policy, role] = planVaultAccess("shop", mount);
    const { tokenTtl, ...bound } = role;
    assert.deepEqual(bound, {
      ...{ kind: "vault-role", name: "shop.vault-role", dependsOn: ["shop.vault-policy"] },
      ...{ auth: vaultAuthPath, role: "project-shop", policies: [policy.policy] },
      ...{ namespace: "shop", serviceAccount: "secret-reader", audience: vaultAudience },
    });
    assert.ok(tokenTtl > 0 && tokenTtl <= 3600);
  });

  it("T19: gives each project a policy and a role of its own, without a wildcard", () => {
    const { resources } = planProject(someProject({}, "blog"), someCluster).component;
    const names = resources.filter(isVault).flatMap((resource) => {
      if (resource.kind === "vault-policy") return [resource.policy];
      return resource.kind === "vault-role" ? [resource.role, resource.serviceAccount, resource.namespace] : [];
    });
    assert.deepEqual(names, ["project-blog", "project-blog", "secret-reader", "blog"]);
  });
});
