import assert from "node:assert/strict";
import fc from "fast-check";
import { vaultRoleName } from "../../../model/names";
import { vaultAudience, vaultAuthPath } from "../../../model/platform-names";
import { signingRoleName } from "../../../model/signing-names";
import { isVault, type PlannedVault } from "../../../plan/planned-vault";
import { planProject } from "../../../plan/projects/project";
import { operatorPolicyRules, planOperatorPolicy, planOperatorRole } from "../../../plan/vault/operator-access";
import { planVaultContent } from "../../../plan/vault/vault-content";
import { someCluster, someProject } from "../../support/some-project";
import { allowedOn, parsePolicy } from "../../support/vault-policy";

const scope = { distribution: "vault", mount: "idp" } as const;
const rules = parsePolicy(operatorPolicyRules(scope));
const content = planVaultContent({ ...scope, backup: true, imageRegistry: "" }).resources;
const git = { type: "github", owner: "myorg", repo: "api" };
const project = someProject({
  secretSync: "vault-plugin",
  applications: [
    {
      ...{ name: "api", port: 80, git, secrets: { SESSION_KEY: "generated", STRIPE_KEY: "entered" } },
      build: { sign: true, secrets: ["NPM_TOKEN"] },
    },
  ],
  databases: [{ name: "db", type: "redis", version: "7.2", size: "1Gi" }],
});
const projects = planProject(project, someCluster).component.resources;

/** What the provider asks Vault for, found in Vault's audit log: as the operator everything but what only a first run makes. */
function requests(resource: PlannedVault): Readonly<Record<string, readonly string[]>> {
  switch (resource.kind) {
    case "vault-audit":
      return { "sys/audit": ["read", "sudo"] };
    case "vault-mount":
      return { [`sys/mounts/${resource.path}`]: ["read", "update"], [`sys/mounts/${resource.path}/tune`]: ["update"] };
    case "vault-kubernetes-auth":
      return { [`sys/mounts/auth/${resource.path}`]: ["read"], [`sys/mounts/auth/${resource.path}/tune`]: ["read"] };
    case "vault-kubernetes-config":
      return { [`auth/${resource.auth}/config`]: ["read", "update"] };
    case "vault-secret":
      return {
        [`${resource.mount}/data/${resource.path}`]: ["create", "delete", "read", "update"],
        [`${resource.mount}/metadata/${resource.path}`]: ["read", "update"],
      };
    case "vault-signing-key":
      return {
        [`${resource.mount}/keys/${resource.key}`]: ["read", "update"],
        [`${resource.mount}/keys/${resource.key}/config`]: ["update"],
      };
    case "vault-policy":
      return { [`sys/policies/acl/${resource.policy}`]: ["read", "update", ...(resource.retain ? [] : ["delete"])] };
    case "vault-role": {
      const all = ["create", "read", "update", ...(resource.retain ? [] : ["delete"])];
      return { [`auth/${resource.auth}/role/${resource.role}`]: all };
    }
  }
}

describe("the operator's access to Vault", () => {
  it("allows every request of the provider for each kind of resource of both stacks", () => {
    const resources = [...content, ...projects].filter(isVault);
    assert.equal(new Set(resources.map(({ kind }) => kind)).size, 8);
    for (const resource of resources)
      for (const [path, capabilities] of Object.entries(requests(resource)))
        for (const capability of capabilities)
          assert.ok(allowedOn(path, rules).includes(capability), `${capability} ${path}`);
    assert.deepEqual(allowedOn("auth/token/create", rules), ["update"]);
  });

  it("allows to take snapshots, to put them back, and to look at the storage", () => {
    const storage = rules.filter(({ path }) => path.startsWith("sys/storage/"));
    assert.deepEqual(
      storage.map(({ path, capabilities }) => [path.slice("sys/storage/raft/".length), ...capabilities]),
      [
        ["snapshot", "read", "update"],
        ["snapshot-force", "update"],
        ["configuration", "read"],
        ["autopilot/state", "read"],
      ],
    );
  });

  for (const [distribution, start] of [
    ["vault", "sys/generate-root"],
    ["openbao", "sys/generate-root-token"],
  ] as const)
    it(`allows to try for a root token of ${distribution}, for which it takes the keys too`, () => {
      const own = parsePolicy(operatorPolicyRules({ distribution, mount: "idp" }));
      const paths = own.filter(({ path }) => path.startsWith("sys/generate"));
      assert.deepEqual(
        paths.map(({ path, capabilities }) => [path, ...capabilities]),
        [
          [`${start}/attempt`, "read", "update", "delete"],
          [`${start}/update`, "update"],
        ],
      );
    });

  it("T18: deletes no engine and no login, neither its own policy nor its role", () => {
    const kept = ["sys/mounts/idp", "sys/mounts/idp-signing", "sys/mounts/auth/kubernetes", "idp-signing/keys/shop"];
    const own = ["sys/policies/acl/idp-operator", "auth/kubernetes/role/idp-operator"];
    for (const path of [...kept, ...own]) assert.ok(!allowedOn(path, rules).includes("delete"), path);
  });

  it("T18: reaches nothing that is not of these stacks", () => {
    const others = [
      ...["other/data/x", "idp/data/elsewhere/x", "idp/config", "idp-2/data/projects/shop/x", "idp/data/projects"],
      ...["cubbyhole/x", "identity/entity", "secret/data/x", "idp/destroy/projects/shop/registry"],
      ...[
        "sys/mounts",
        "sys/mounts/other",
        "sys/mounts/idp-2",
        "sys/remount",
        "sys/raw/core",
        "sys/seal",
        "sys/step-down",
      ],
      ...["sys/auth/kubernetes", "sys/auth/userpass", "sys/audit/file", "sys/audit/other", "sys/rotate", "sys/leases"],
      ...["sys/policies/acl", "sys/policies/acl/root", "sys/policies/acl/default", "sys/policies/acl/idp-operator-2"],
      ...["auth/kubernetes/role/other", "auth/kubernetes/role/idp-operator-2", "auth/token/create-orphan"],
      ...["auth/userpass/users/x", "auth/token/create/x", "sys/storage/raft/remove-peer", "sys/plugins/catalog/x"],
      ...["idp-signing/sign/shop", "idp-signing/sign/shop/sha2-256", "idp-signing/keys/shop/rotate"],
      ...["idp-signing/backup/shop", "idp-signing/export/signing-key/shop", "idp-signing/keys"],
    ];
    for (const path of others) assert.deepEqual(allowedOn(path, rules), [], path);
  });

  it("T18: has wildcards only below our own names, and `sudo` only for a look at the audit devices", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}$/),
        fc.constantFrom("vault", "openbao"),
        (mount, distribution) => {
          const own = parsePolicy(operatorPolicyRules({ distribution, mount }));
          const roles = [vaultRoleName("*"), signingRoleName("*")];
          const starts = [
            ...["data", "metadata", "undelete"].flatMap((kind) =>
              ["projects", "platform"].map((folder) => `${mount}/${kind}/${folder}/*`),
            ),
            ...roles.flatMap((name) => [`sys/policies/acl/${name}`, `auth/${vaultAuthPath}/role/${name}`]),
            ...["", "/config"].map((end) => `${mount}-signing/keys/+${end}`),
          ];
          const wild = own.map(({ path }) => path).filter((path) => /[*+]/.test(path));
          assert.deepEqual([...wild].sort(), starts.sort());
          const sudo = own.filter(({ capabilities }) => capabilities.includes("sudo")).map(({ path }) => path);
          assert.deepEqual(sudo, distribution === "vault" ? ["sys/audit"] : []);
        },
      ),
    );
  });

  it("T19: binds the role to one service account that nothing runs as, an audience, and an hour", () => {
    const [policy, role] = [planOperatorPolicy(scope, ["a"]), planOperatorRole(["b"])];
    assert.deepEqual(role, {
      ...{ kind: "vault-role", name: "vault-operator-role", dependsOn: ["b"] },
      ...{ auth: vaultAuthPath, role: "idp-operator", policies: [policy.policy] },
      ...{ namespace: "vault", serviceAccount: "vault-operator", audience: vaultAudience, tokenTtl: 3600 },
      ...{ protect: true, retain: true },
    });
  });

  it("stays when the stack is destroyed, and a newer program has its new rights before it needs them", () => {
    const policy = content.find(({ name }) => name === "vault-operator-policy");
    assert.deepEqual([policy?.protect, policy?.retain, policy?.dependsOn], [true, true, ["vault-audit"]]);
    const engines = content.filter(({ kind }) => kind === "vault-mount");
    assert.equal(engines.length, 2);
    for (const { dependsOn } of engines) assert.ok(dependsOn?.includes("vault-operator-policy"));
  });
});
