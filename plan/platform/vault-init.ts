import { platformNamespaces, podAccountFolder, thisCluster } from "../../model/platform-names";
import { vaultAccounts, vaultObjects, vaultPodLabels } from "../../model/vault-names";
import { sealOf } from "../../model/vault-server-settings";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import { programJob } from "../program-job";
import type { VaultArgs } from "./vault";
import { planInitAccount, vaultBindingResource } from "./vault-accounts";
import { vaultServer } from "./vault-values";

const name = vaultAccounts.init;
const journal = { volume: "journal", folder: "/journal", file: "answer" };

/**
 * Tries of one pod, and the seconds that each waits for Vault, and for another run that may hold the keys. All together as
 * long as Helm waits for Harbor: on a new node the kubelet pulls one image after the other, and Vault's may be the last. The Job
 * gives up before Pulumi does, so that what a person reads is the reason: the kubelet waits 30 seconds between the tries, and
 * the last begins and is stopped. Source: pulumi-kubernetes provider/pkg/await/job.go, kubernetes pkg/controller/job
 */
const patience = { tries: 3, program: 400, keys: 120, pulumi: 1800 };

/** Logical name of the Job, after which Vault has been initialised and opened once. */
export const vaultInitResource = name;

/** Initialises Vault, once and for all. `release` is the logical name of what installs it. */
export function planVaultInit(args: VaultArgs, release: string): readonly PlannedManifest[] {
  const { volume, folder } = journal;
  const job = programJob(args.facts, {
    ...{ name, namespace: platformNamespaces.vault, labels: vaultPodLabels(name) },
    ...{ container: "init", program: programs.vaultInit, env: environment(args), account: name },
    // On the pod's disk is what Vault said and what may not be stored yet; one that is told to stop has time to store it.
    samePod: { graceSeconds: 300 },
    // No deadline: a Job that ends takes its pod with it, which may hold keys that are nowhere else yet.
    retries: patience.tries,
    awaited: patience.pulumi,
    volumes: [{ name: volume, emptyDir: { sizeLimit: "1Mi" } }],
    mounts: [{ name: volume, mountPath: folder }],
  });
  const dependsOn = [release, vaultBindingResource(name)];
  return [...planInitAccount(), { kind: "manifest", name: vaultInitResource, dependsOn, manifest: job }];
}

function environment(args: VaultArgs): Readonly<Record<string, string>> {
  const seal = sealOf(args);
  const { mode, shares, threshold } = args.unseal;
  return {
    VAULT_ADDR: vaultServer,
    KUBERNETES_URL: thisCluster,
    NODE_EXTRA_CA_CERTS: `${podAccountFolder}/ca.crt`,
    NAMESPACE: platformNamespaces.vault,
    TOKEN_FILE: `${podAccountFolder}/token`,
    MODE: mode,
    SEAL: seal,
    SHARES: String(shares),
    THRESHOLD: String(threshold),
    JOURNAL: `${journal.folder}/${journal.file}`,
    WAIT_SECONDS: String(patience.program),
    KEYS_SECONDS: String(patience.keys),
    KEYS_SECRET: seal === "shamir" ? vaultObjects.unsealKeys : vaultObjects.recoveryKeys,
    BOOTSTRAP_SECRET: vaultObjects.bootstrapToken,
    RECORD: vaultObjects.initialisation,
  };
}
