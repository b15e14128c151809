import type { ClusterObjects, SecretName, Seen } from "../../../cli/doctor/cluster-objects";
import type { VaultFacts } from "../../../cli/doctor/findings";
import { toJson } from "../../../model/json";
import { platformSettings } from "../../../model/platform-settings";

export const now = new Date("2026-11-21T12:00:00Z");

export const absent: Seen = { kind: "absent" };
export const denied: Seen = { kind: "unseen", why: "your kubeconfig may not look at it" };

/** An object as kubectl shows it. */
export function there(object: object | null = null): Seen {
  return { kind: "there", object: toJson(object) };
}

export const condition = (type: string, status = "True") => ({ conditions: [{ type, status }] });

export const readyPod = {
  metadata: { labels: { "vault-sealed": "false" } },
  status: { phase: "Running", ...condition("Ready"), containerStatuses: [{ restartCount: 1 }] },
};

export const pendingPod = {
  status: {
    phase: "Pending",
    containerStatuses: [{ restartCount: 3, state: { waiting: { reason: "ImagePullBackOff" } } }],
  },
};

/** The cluster of a Vault that is well, in the mode that opens by itself. */
export const objects: ClusterObjects = {
  pod: there(readyPod),
  init: there({ status: { succeeded: 1 } }),
  initPods: there({ items: [] }),
  record: there({ data: { phase: "stored" } }),
  unsealer: there({ status: { readyReplicas: 1 } }),
  backup: there({ spec: {}, status: { lastSuccessfulTime: "2026-11-21T03:17:09Z" } }),
  secrets: { unsealKeys: there(), recoveryKeys: absent, sealKey: absent, transitToken: absent, bootstrapToken: absent },
};

export interface FactsChanges extends Partial<Omit<VaultFacts, "vault" | "objects">> {
  /** `idp:vault` of the platform stack. */
  readonly settings?: object;
  readonly objects?: Partial<Omit<ClusterObjects, "secrets">>;
  readonly secrets?: Partial<Record<SecretName, Seen>>;
}

/** A Vault that is well, but for what is said. */
export function someFacts({ settings = {}, objects: changed, secrets, ...changes }: FactsChanges = {}): VaultFacts {
  const { vault: server } = platformSettings.parse({ domain: "lab.example", vault: settings });
  const address = "https://vault.lab.example";
  return {
    vault: {
      platform: "homelab",
      vaultStack: "homelab-vault",
      context: "default",
      address,
      labAuthority: true,
      server,
    },
    address,
    state: { kind: "open", version: "1.21.0" },
    leads: true,
    objects: { ...objects, ...changed, secrets: { ...objects.secrets, ...secrets } },
    now,
    ...changes,
  };
}
