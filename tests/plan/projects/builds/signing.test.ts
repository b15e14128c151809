import assert from "node:assert/strict";
import fc from "fast-check";
import { namespaceUse } from "../../../../model/namespace-use";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../../../model/platform-names";
import { signerPodLabels, signingMount, signingRoleName } from "../../../../model/signing-names";
import { vaultRoleName } from "../../../../model/names";
import { isVault } from "../../../../plan/planned-vault";
import { planVault } from "../../../../plan/platform/vault";
import { planProject } from "../../../../plan/projects/project";
import { planSigning, signingPolicyRules } from "../../../../plan/projects/builds/signing";
import { planVaultContent } from "../../../../plan/vault/vault-content";
import { at } from "../../../support/at";
import { canReach, type Pod, policiesOf } from "../../../support/network-reach";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";
import { someVault } from "../../../support/some-vault";
import { allowedOn, parsePolicy } from "../../../support/vault-policy";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const signed = someProject({ applications: [{ name: "api", git, port: 80, build: { sign: true } }] });
const slug = fc.stringMatching(/^[ab](-?[ab2]){0,4}$/);
const mount = "idp-signing";

function rulesOf(project: string) {
  return parsePolicy(signingPolicyRules(project, mount));
}

describe("signing of a project", () => {
  it("makes nothing until an application is signed, and then one key for all of them", () => {
    const plain = { name: "web", git, port: 81 };
    assert.deepEqual(planSigning(someProject({ applications: [plain] }), someCluster).resources, []);
    const two = someProject({
      applications: [plain, ...["api", "jobs"].map((name) => ({ ...plain, name, build: { sign: true } }))],
    });
    assert.deepEqual(
      planSigning(two, someCluster).resources.map(({ kind, name }) => `${kind} ${name}`),
      [
        "vault-signing-key shop.signing-key",
        "vault-policy shop.signing-policy",
        "vault-role shop.signing-role",
        "manifest shop.signer",
        "manifest shop.signer-results",
        "manifest shop.signer-allow-signer",
      ],
    );
  });

  it("has its key in the engine that the vault stack makes, where it stays when nobody signs any more", () => {
    const [key] = planSigning(signed, someCluster).resources;
    assert.deepEqual(key, { kind: "vault-signing-key", name: "shop.signing-key", mount, key: "shop", retain: true });
    const { resources } = planVaultContent({
      distribution: "vault",
      mount: someCluster.vaultMount,
      backup: false,
      imageRegistry: "",
    });
    const engine = resources.find(({ name }) => name === "vault-signing");
    assert.ok(engine?.kind === "vault-mount");
    assert.deepEqual([engine.engine, engine.path, engine.protect], ["transit", mount, true]);
    assert.ok(engine.dependsOn?.includes("vault-audit"));
  });

  it("T18: may read its own public key and sign sums with it, and nothing else", () => {
    assert.deepEqual(rulesOf("shop"), [
      { path: "idp-signing/keys/shop", capabilities: ["read"] },
      { path: "idp-signing/sign/shop/sha2-256", capabilities: ["update"] },
    ]);
  });

  it("T18: allows nothing of another project, no other use of the key, and has no wildcard", () => {
    const paths = ["keys/%", "keys/%/rotate", "keys/%/config", "keys/%/trim", "sign/%", "sign/%/sha2-256", "export/%"];
    const more = ["backup/%", "export/signing-key/%", "hmac/%", "sign/%/sha2-256/x", "restore/%", "keys", "random"];
    const pairs = fc.oneof(
      fc.tuple(slug, slug),
      fc.tuple(slug, fc.stringMatching(/^-?[ab2]{1,3}$/)).map(([name, end]) => [name, `${name}${end}`] as const),
    );
    fc.assert(
      fc.property(pairs, fc.constantFrom(...paths, ...more), ([one, other], path) => {
        fc.pre(one !== other);
        for (const [reader, owner] of [[one, other] as const, [other, one] as const])
          assert.deepEqual(allowedOn(`${mount}/${path.replace("%", owner)}`, rulesOf(reader)), []);
        assert.ok(rulesOf(one).every((rule) => !/[*+]/.test(rule.path)));
      }),
    );
    for (const path of [...paths, ...more].filter((each) => each !== "keys/%" && each !== "sign/%/sha2-256"))
      assert.deepEqual(allowedOn(`${mount}/${path.replace("%", "shop")}`, rulesOf("shop")), [], path);
  });

  it("T18: its policy is that of no project's secrets, whatever the names", () => {
    fc.assert(fc.property(slug, slug, (one, other) => signingRoleName(one) !== vaultRoleName(other)));
    assert.notEqual(signingMount("idp"), "idp");
  });

  it("T19: binds the role to the signer of the build namespace, an audience, its policy and at most an hour", () => {
    const role = planSigning(signed, someCluster).resources.find(({ kind }) => kind === "vault-role");
    assert.ok(role?.kind === "vault-role");
    const { tokenTtl, ...bound } = role;
    assert.deepEqual(bound, {
      ...{ kind: "vault-role", name: "shop.signing-role", dependsOn: ["shop.signing-policy"] },
      ...{ auth: vaultAuthPath, role: "sign-shop", policies: ["sign-shop"] },
      ...{ namespace: "shop-build", serviceAccount: "signer", audience: vaultAudience },
    });
    assert.ok(tokenTtl > 0 && tokenTtl <= 3600);
  });

  it("T02: the signer may leave the result of its step in Kubernetes and nothing else, by the role of every step", () => {
    const { resources } = planProject(signed, someCluster).component;
    const bindings = manifestsOf(resources, "RoleBinding").filter(({ manifest }) => {
      return JSON.stringify(manifest["subjects"]).includes('"name":"signer"');
    });
    assert.deepEqual(
      bindings.map(({ manifest }) => [manifest.metadata["namespace"], manifest["roleRef"], manifest["subjects"]]),
      [
        [
          "shop-build",
          { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "workflows" },
          [{ kind: "ServiceAccount", name: "signer", namespace: "shop-build" }],
        ],
      ],
    );
    const roles = manifestsOf(resources, "Role").filter(({ manifest: { metadata } }) => {
      return metadata.name === "workflows" && metadata["namespace"] === "shop-build";
    });
    assert.deepEqual(
      roles.map(({ manifest }) => manifest["rules"]),
      [[{ apiGroups: ["argoproj.io"], resources: ["workflowtaskresults"], verbs: ["create", "patch"] }]],
    );
  });

  it("T19: no other role of a project is for its build namespace", () => {
    const { resources } = planProject(signed, someCluster).component;
    const roles = resources.filter(isVault).flatMap((resource) => (resource.kind === "vault-role" ? [resource] : []));
    assert.deepEqual(roles.map(({ serviceAccount, namespace }) => `${namespace}/${serviceAccount}`).sort(), [
      "shop-build/signer",
      "shop/secret-reader",
    ]);
  });

  it("T13: of all pods of a build namespace the signer alone reaches Vault, and Vault lets in no other", () => {
    const project = planProject(signed, someCluster).component.resources;
    const vault = planVault(someVault()).resources;
    const policies = policiesOf(
      [...project, ...vault].flatMap((resource) => {
        if (resource.kind !== "manifest" || resource.manifest.kind !== "NetworkPolicy") return [];
        return [resource];
      }),
    );
    const namespace = { namespace: "shop-build", namespaceLabels: namespaceUse("builds") };
    const server: Pod = {
      namespace: platformNamespaces.vault,
      labels: { "app.kubernetes.io/instance": "vault", component: "server" },
    };
    const reaches = (pod: Pod, port: number) => canReach(policies, [pod, server], port);
    const signer: Pod = { ...namespace, labels: { ...signerPodLabels } };
    assert.deepEqual([reaches(signer, 8200), reaches(signer, 8201)], [true, false]);
    assert.equal(reaches({ ...namespace, labels: { "app.kubernetes.io/component": "build" } }, 8200), false);
    const elsewhere: Pod = { namespace: "shop", namespaceLabels: namespaceUse("applications"), labels: signer.labels };
    assert.equal(reaches(elsewhere, 8200), false);
    const stranger: Pod = { namespace: "someone-build", labels: signer.labels };
    assert.equal(reaches(stranger, 8200), false);
  });

  it("T11: each namespace of a project says what it is for", () => {
    const { resources } = planProject(signed, someCluster).component;
    assert.deepEqual(
      manifestsOf(resources, "Namespace").map(({ manifest: { metadata } }) => [
        metadata.name,
        at(metadata, "labels", "idp/namespace"),
      ]),
      [
        ["shop", "applications"],
        ["shop-build", "builds"],
      ],
    );
  });
});
