import { platformNamespaces, podAccountFolder, thisCluster } from "../../model/platform-names";
import { vaultAccounts, vaultObjects, vaultPodLabels } from "../../model/vault-names";
import type { ClusterFacts } from "../cluster-facts";
import type { PlannedManifest } from "../planned-resource";
import { vaultServer } from "../platform/vault-values";
import { programs } from "../program-files";
import { programJob } from "../program-job";

type Facts = Pick<ClusterFacts, "imageRegistry">;

export interface BootstrapEndOrder {
  /** Logical names of all that is made with the bootstrap token: when the Job runs, no provider has a token any more. */
  readonly after: readonly string[];
  /** Logical name of an engine of Vault. Another one means another Vault, which has a bootstrap token of its own. */
  readonly anewWith: string;
}

const name = vaultAccounts.bootstrapEnd;
const namespace = platformNamespaces.vault;
const bootstrap = { volume: "bootstrap", folder: "/bootstrap" };

/**
 * Seconds: both tries of the program, each half a minute late where its last request is, end before the Job does, and the Job
 * before Pulumi stops waiting for it, so that what a person reads is the reason.
 */
const patience = { program: 220, job: 540 };

/**
 * Revokes the bootstrap token, which may do everything, and deletes its Secret. It is a Job, and not the provider's work, since
 * with that token the provider's own ends. It stays when it is done, and where the Secret is gone it does nothing.
 */
export function planBootstrapEnd(facts: Facts, { after, anewWith }: BootstrapEndOrder): PlannedManifest {
  const { volume, folder } = bootstrap;
  const job = programJob(facts, {
    ...{ name, namespace, labels: vaultPodLabels(name) },
    ...{ container: "end", program: programs.vaultBootstrapEnd, env: environment, account: name },
    ...{ retries: 1, deadline: patience.job },
    volumes: [
      { name: volume, secret: { secretName: vaultObjects.bootstrapToken, optional: true, defaultMode: 0o440 } },
    ],
    mounts: [{ name: volume, mountPath: folder, readOnly: true }],
  });
  return { kind: "manifest", name, dependsOn: after, anewWith, manifest: job };
}

const environment: Readonly<Record<string, string>> = {
  VAULT_ADDR: vaultServer,
  BOOTSTRAP_TOKEN_FILE: `${bootstrap.folder}/token`,
  KUBERNETES_URL: thisCluster,
  NODE_EXTRA_CA_CERTS: `${podAccountFolder}/ca.crt`,
  NAMESPACE: namespace,
  TOKEN_FILE: `${podAccountFolder}/token`,
  BOOTSTRAP_SECRET: vaultObjects.bootstrapToken,
  WAIT_SECONDS: String(patience.program),
};
