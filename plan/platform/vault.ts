import { platformNamespaces } from "../../model/platform-names";
import type { PlatformSettings } from "../../model/platform-settings";
import { vaultObjects } from "../../model/vault-names";
import { sealOf } from "../../model/vault-server-settings";
import { chartSource, type ClusterFacts, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import { planNetworkPolicies } from "../network-policies";
import type { ComponentPlan, PlannedRelease } from "../planned-resource";
import { planRoute, routeDependencies } from "../route";
import { planSharedAccounts } from "./vault-accounts";
import { planVaultBackup } from "./vault-backup";
import { planVaultInit } from "./vault-init";
import { planSeal } from "./vault-seal";
import { vaultTraffic } from "./vault-traffic";
import { hasUnsealer, planVaultUnsealer } from "./vault-unsealer";
import { vaultPort, vaultValues } from "./vault-values";

export interface VaultArgs {
  readonly facts: ClusterFacts;
  /** Host of the user interface and the API, such as `vault.lab.example`. */
  readonly host: string;
  /** What runs. Frozen once installed: one cannot read the data of the other, and Kubernetes refuses to change the pod's labels. */
  readonly distribution: PlatformSettings["vault"]["distribution"];
  /** Size of the volume of the secrets. It stands in a StatefulSet, in which Kubernetes allows no change. */
  readonly storage: PlatformSettings["vault"]["storage"];
  /** Size of the volume of the audit log, under the same rule. Vault answers nobody once it is full. */
  readonly auditStorage: PlatformSettings["vault"]["auditStorage"];
  /** Who opens it. Another seal than before reads the data only after a migration by hand (docs/vault.md). */
  readonly unseal: PlatformSettings["vault"]["unseal"];
  /** When snapshots are made, and how many stay; its `schedule` is empty when there are none. */
  readonly backup: PlatformSettings["vault"]["backup"];
  /** Where copies of the snapshots go; its `endpoint` is empty when there is no such place. */
  readonly s3: PlatformSettings["backups"]["s3"];
  /** Whether argocd-vault-plugin asks it, from the pod of Argo CD's repo-server. */
  readonly vaultPlugin: PlatformSettings["argoCd"]["vaultPlugin"];
}

const name = "vault";
const namespace = platformNamespaces.vault;

/** The store of secrets, installed, initialised, and opened again after each restart unless a person does that. */
export function planVault(args: VaultArgs): ComponentPlan {
  const { facts, host } = args;
  return componentPlan({
    type: "idp:platform:Vault",
    name,
    dependsOn: routeDependencies(facts),
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted", retain: true }),
      ...planNetworkPolicies({ resource: name, namespace, ...vaultTraffic(args) }),
      ...planSeal(args).resources,
      release(args),
      ...planSharedAccounts(),
      ...planVaultInit(args, name),
      ...(hasUnsealer(args) ? planVaultUnsealer(args) : []),
      ...planVaultBackup(args),
      ...planRoute(facts, {
        name,
        namespace,
        exposure: "internal",
        host,
        // This Service answers while Vault is sealed, too: a person can unseal it in the browser.
        service: { name: `${name}-ui`, port: vaultPort },
      }),
    ],
    workloads: [workload(facts, "vault"), ...(hasUnsealer(args) ? [workload(facts, "vault-unsealer")] : [])],
    addresses: [`https://${host}`],
    about: [openedBy(args), ...keyCount(args), ...snapshots(args)].join("; "),
    warnings: warnings(args),
  });
}

/** Helm waits for no StatefulSet that is updated by hand, so the release ends although the pod is still sealed. */
function release(args: VaultArgs): PlannedRelease {
  const { facts, distribution, storage, auditStorage } = args;
  return {
    kind: "release",
    name,
    chart: distribution,
    source: chartSource(facts, distribution),
    namespace,
    timeout: 300,
    values: vaultValues(args),
    volumes: [
      { name: "secrets", size: storage, format: format(args) },
      { name: "audit-log", size: auditStorage },
    ],
    dependsOn: [`${name}-namespace`, ...planSeal(args).resources.map((resource) => resource.name)],
  };
}

/** With another seal, or another key of the same other Vault, the same software cannot read its own data. */
function format(args: VaultArgs): string {
  const { distribution, unseal } = args;
  switch (sealOf(args)) {
    case "shamir":
      return distribution;
    case "static":
      return `${distribution} sealed by static`;
    case "transit":
      // Without the address: the other Vault may move.
      return `${distribution} sealed by transit (key ${unseal.transit.mount}/${unseal.transit.key})`;
  }
}

function openedBy(args: VaultArgs): string {
  if (args.unseal.mode === "manual") return "a person unseals it after each restart";
  switch (sealOf(args)) {
    case "shamir":
      return `unsealed after each restart with the keys in the Secret ${vaultObjects.unsealKeys}`;
    case "static":
      return `unseals itself with the key in the Secret ${vaultObjects.sealKey}`;
    case "transit":
      return `unseals itself by the Vault at ${args.unseal.transit.address}`;
  }
}

function keyCount(args: VaultArgs): readonly string[] {
  const { shares, threshold } = args.unseal;
  const keys = sealOf(args) === "shamir" ? "keys" : "recovery keys";
  return shares === 1 ? [] : [`${shares} ${keys}, ${threshold} needed`];
}

function snapshots({ backup: { schedule, keep }, s3 }: VaultArgs): readonly string[] {
  if (schedule === "") return [];
  const copied = s3.endpoint === "" ? "" : `, copied to ${s3.endpoint.replace(/\/+$/, "")}/${s3.bucket}`;
  return [`snapshot at \`${schedule}\`, the newest ${keep} kept${copied}`];
}

function warnings({ unseal: { mode, transit }, backup }: VaultArgs): readonly string[] {
  return [
    ...(backup.schedule === "" ? ["no snapshot of Vault is made; set idp:vault.backup.schedule"] : []),
    ...(mode === "manual"
      ? [
          "after every restart of its pod Vault stays sealed, and no pod gets new secrets, until a person unseals it (docs/vault.md); " +
            "set idp:vault.unseal.mode to kubernetes-secret where nobody is there to do it",
        ]
      : []),
    ...(mode === "transit" && transit.address.startsWith("http://")
      ? [
          `the way to ${transit.address} is not encrypted: who listens there can unseal Vault; give that Vault a certificate, ` +
            "and use its https address in idp:vault.unseal.transit.address",
        ]
      : []),
  ];
}
