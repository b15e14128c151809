import assert from "node:assert/strict";
import { z } from "zod";
import { planPlatformStack } from "../../../plan/platform/platform-stack";
import type { KubernetesManifest } from "../../../plan/planned-resource";
import { someSettings } from "../../support/cluster";
import { someStore, unsealRows } from "../../support/some-vault";

const rules = z.array(
  z.object({
    apiGroups: z.array(z.string()),
    resources: z.array(z.string()).default([]),
    resourceNames: z.array(z.string()).optional(),
    verbs: z.array(z.string()),
  }),
);
const place = z.object({ name: z.string(), namespace: z.string().optional() });
const binding = z.object({
  metadata: place,
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string() })),
});

/** All objects of the whole platform with everything on, whichever way Vault is opened. */
function objects(settings: object, kind: string): readonly KubernetesManifest[] {
  const all = { ...settings, backups: someStore, argoCd: { imageUpdater: true }, harbor: { trivy: true } };
  return planPlatformStack("homelab", someSettings(all), new Set())
    .components.flatMap(({ resources }) => resources)
    .flatMap((each) => (each.kind === "manifest" && each.manifest.kind === kind ? [each.manifest] : []));
}

/** Verbs by which somebody reads Secrets, or gets another to. */
function reads(object: KubernetesManifest): boolean {
  const has = (list: readonly string[], ...names: readonly string[]) =>
    ["*", ...names].some((name) => list.includes(name));
  return rules
    .parse(object["rules"])
    .some(
      ({ apiGroups, resources, verbs }) =>
        has(apiGroups, "") && has(resources, "secrets") && has(verbs, "get", "list", "watch"),
    );
}

/**
 * Of our own objects. Two controllers of charts may read Secrets of the whole cluster, and so Vault's keys: Argo CD's, which
 * makes what it finds in git wherever its AppProjects let it, and External Secrets Operator, which owns the Secrets of all
 * projects. docs/vault.md says so.
 */
describe("rights in the namespace of Vault", () => {
  for (const { title, settings } of unsealRows) {
    it(`nobody may read a Secret there: ${title}`, () => {
      const roles = objects(settings, "Role").filter(({ metadata }) => place.parse(metadata).namespace === "vault");
      const clusterRoles = objects(settings, "ClusterRole");
      assert.ok(roles.length >= 2 && clusterRoles.length >= 1);
      assert.deepEqual([...roles, ...clusterRoles].filter(reads), []);
    });

    it(`nobody may do more than this: ${title}`, () => {
      const inVault = (kind: string) =>
        objects(settings, kind).filter(({ metadata }) => place.parse(metadata).namespace === "vault");
      assert.deepEqual(Object.fromEntries(inVault("Role").map((role) => [role.metadata.name, role["rules"]])), {
        "vault-bootstrap-end": [
          { apiGroups: [""], resources: ["secrets"], resourceNames: ["vault-bootstrap-token"], verbs: ["delete"] },
        ],
        "vault-init": [
          { apiGroups: [""], resources: ["secrets", "configmaps"], verbs: ["create"] },
          {
            apiGroups: [""],
            resources: ["configmaps"],
            resourceNames: ["vault-initialisation"],
            verbs: ["get", "patch"],
          },
        ],
      });
      const bindings = inVault("RoleBinding").map((object) => binding.parse(object));
      assert.deepEqual(bindings.map(({ metadata }) => metadata.name).sort(), ["vault-bootstrap-end", "vault-init"]);
      for (const { metadata, roleRef, subjects } of bindings) {
        assert.deepEqual(roleRef, { kind: "Role", name: metadata.name });
        assert.deepEqual(subjects, [{ kind: "ServiceAccount", name: metadata.name, namespace: "vault" }]);
      }
    });

    it(`T15: no account there has a token in a pod that does not ask for one: ${title}`, () => {
      const accounts = objects(settings, "ServiceAccount").filter(
        ({ metadata }) => place.parse(metadata).namespace === "vault",
      );
      assert.deepEqual(
        accounts.map(({ metadata }) => metadata.name).sort(),
        [
          "vault-backup",
          "vault-bootstrap-end",
          "vault-init",
          "vault-operator",
          ...(title === "Vault, by itself" ? ["vault-unsealer"] : []),
        ].sort(),
      );
      for (const account of accounts) assert.equal(account["automountServiceAccountToken"], false);
    });
  }
});
