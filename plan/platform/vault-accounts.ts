import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { platformNamespaces } from "../../model/platform-names";
import { vaultAccounts, vaultObjects } from "../../model/vault-names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { accessBinding, accessRole } from "../rbac";

const namespace = platformNamespaces.vault;

/** Core objects: the group has no name. */
const core = [""];

/** An account without any right, and without a token in a pod that does not ask for one. */
export function planVaultAccount(name: string): PlannedManifest {
  const account = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount;
  return { kind: "manifest", name: `${name}-account`, manifest: manifest(account) };
}

/** An account with rights in this namespace alone. */
export function planVaultRights(name: string, rules: NonNullable<IRole["rules"]>): readonly PlannedManifest[] {
  const place = { name, namespace };
  return [
    planVaultAccount(name),
    { kind: "manifest", name: `${name}-role`, manifest: accessRole(place, rules) },
    {
      kind: "manifest",
      name: vaultBindingResource(name),
      manifest: accessBinding(place, { role: name, account: place }),
    },
  ];
}

/** Logical name of what gives an account its rights. */
export function vaultBindingResource(name: string): string {
  return `${name}-binding`;
}

/**
 * What initialises Vault may make Secrets and read none, not even those that it has made: a dry run tells it whether one is
 * there. Which Secrets it makes, no role can say, since the name of a new object is not part of what is asked.
 */
export function planInitAccount(): readonly PlannedManifest[] {
  return planVaultRights(vaultAccounts.init, [
    { apiGroups: core, resources: ["secrets", "configmaps"], verbs: ["create"] },
    {
      apiGroups: core,
      resources: ["configmaps"],
      resourceNames: [vaultObjects.initialisation],
      verbs: ["get", "patch"],
    },
  ]);
}

/**
 * Accounts that the other stacks use: this stack alone owns the namespace. What ends the bootstrap token may delete its Secret;
 * as the operator's account a person logs in to Vault, and inside the cluster it may do nothing.
 */
export function planSharedAccounts(): readonly PlannedManifest[] {
  return [
    ...planVaultRights(vaultAccounts.bootstrapEnd, [
      { apiGroups: core, resources: ["secrets"], resourceNames: [vaultObjects.bootstrapToken], verbs: ["delete"] },
    ]),
    planVaultAccount(vaultAccounts.operator),
  ];
}
