import { absent, condition, denied, type FactsChanges, pendingPod, readyPod, there } from "./vault-objects";

const manual = { unseal: { mode: "manual" } };
const transit = { unseal: { mode: "transit", transit: { address: "https://other.example", key: "k" } } };
const openBao = { distribution: "openbao" };
export const context = "`kubectl --context default -n vault";

/** What is not well about a Vault, each as `status: text | what was said | what to do`. */
export type DoctorRow = readonly [title: string, changes: FactsChanges, ...expected: readonly string[]];

export const doctorRows: readonly DoctorRow[] = [
  [
    "sealed, in the mode manual",
    { settings: manual, state: { kind: "sealed", given: 0, needed: 1 }, secrets: { unsealKeys: absent } },
    `wrong: Vault is sealed | unseal mode \`manual\`: ${context} exec -it vault-0 -- vault operator unseal\` (docs/vault.md)`,
  ],
  [
    "sealed with some keys entered, as OpenBao",
    {
      settings: { ...openBao, ...manual },
      state: { kind: "sealed", given: 1, needed: 3 },
      secrets: { unsealKeys: absent },
    },
    `wrong: Vault is sealed, with 1 of 3 keys entered | unseal mode \`manual\`: ${context} exec -it vault-0 -- bao operator unseal\` (docs/vault.md)`,
  ],
  [
    "sealed although the unsealer opens it",
    { state: { kind: "sealed", given: 0, needed: 1 } },
    `wrong: Vault is sealed | unseal mode \`kubernetes-secret\`: the unsealer opens it within 30 s; if not, see ${context} logs deployment/vault-unsealer\``,
  ],
  [
    "sealed although it has a static key",
    {
      settings: openBao,
      state: { kind: "sealed", given: 0, needed: 1 },
      secrets: { unsealKeys: absent, sealKey: there() },
    },
    `wrong: Vault is sealed | unseal mode \`kubernetes-secret\`: it opens itself by its static key within 30 s; if not, see ${context} logs vault-0\``,
  ],
  [
    "sealed while the other Vault is away",
    {
      settings: transit,
      state: { kind: "sealed", given: 0, needed: 1 },
      secrets: { unsealKeys: absent, transitToken: there() },
    },
    `wrong: Vault is sealed | unseal mode \`transit\`: it opens itself while https://other.example answers and takes its token; if not, see ${context} logs vault-0\``,
  ],
  [
    "without a leader",
    { leads: false },
    `wrong: Vault is open at https://vault.lab.example, and no server leads | see ${context} logs vault-0\``,
  ],
  [
    "without a record that it was initialised, while it is not",
    { state: { kind: "uninitialised" }, objects: { record: absent }, secrets: { unsealKeys: absent } },
    `wrong: Vault is not initialised | the Job vault-init of the platform stack does that: see ${context} logs job/vault-init\``,
  ],
  [
    "out of reach",
    { state: { kind: "silent", reason: "ENOTFOUND" } },
    `wrong: Vault does not answer at https://vault.lab.example (ENOTFOUND) | let the name vault.lab.example lead to a node (DNS or /etc/hosts), or open a tunnel with ${context} port-forward svc/vault 8200\` and set VAULT_ADDR=http://127.0.0.1:8200`,
  ],
  [
    "without a pod",
    { objects: { pod: absent } },
    "wrong: there is no pod vault-0 | run `pulumi up --stack homelab`, which installs Vault",
  ],
  [
    "in a pod that cannot start",
    {
      objects: {
        pod: there(pendingPod),
      },
    },
    `wrong: the pod vault-0 is not ready (Pending, ImagePullBackOff), 3 restarts | see ${context} describe pod vault-0\` and ${context} logs vault-0\``,
  ],
  [
    "in a pod that says that it is sealed",
    {
      settings: manual,
      objects: {
        pod: there({
          ...readyPod,
          metadata: { labels: { "openbao-sealed": "true" } },
          status: condition("Ready", "False"),
        }),
      },
      secrets: { unsealKeys: absent },
    },
    `wrong: the pod vault-0 is not ready: it says that it is sealed, 0 restarts | unseal mode \`manual\`: ${context} exec -it vault-0 -- vault operator unseal\` (docs/vault.md)`,
  ],
  [
    "while its keys are stored",
    { objects: { record: there({ data: { phase: "started" } }) } },
    `wrong: an initialisation has begun, and its keys are not stored yet | see ${context} logs job/vault-init\`, and do not delete its pod`,
  ],
  ["initialised by a person who gave the keys", { objects: { record: absent } }],
  [
    "initialised by a person who did not",
    { objects: { record: absent }, secrets: { unsealKeys: absent } },
    "wrong: nothing says that its keys were stored (ConfigMap vault-initialisation), so somebody else has initialised Vault | hand over its keys (docs/vault.md, Initialised by hand before)",
    "wrong: THE KEYS ARE GONE: Secret vault-unseal-keys is not there, and after its next restart nobody can open Vault | put them back from your copy now, before anything restarts (docs/vault.md)",
  ],
  [
    "initialised by a person who opens it",
    { settings: manual, objects: { record: absent }, secrets: { unsealKeys: absent } },
  ],
  [
    "without an unsealer that runs",
    { objects: { unsealer: there({ status: {} }) } },
    `wrong: the unsealer (Deployment vault-unsealer) does not run | see ${context} describe deployment vault-unsealer\``,
  ],
  [
    "without an unsealer",
    { objects: { unsealer: absent } },
    "wrong: the unsealer (Deployment vault-unsealer) is not there | run `pulumi up --stack homelab`, which makes it",
  ],
  [
    "opened by hand, without an unsealer",
    { settings: manual, objects: { unsealer: absent }, secrets: { unsealKeys: absent } },
  ],
  [
    "opened by hand, with the keys beside it",
    { settings: manual, objects: { unsealer: absent } },
    "wrong: the keys that open Vault are still in the cluster (Secret vault-unseal-keys) | take the keys away (docs/vault.md)",
  ],
  [
    "OpenBao without its key",
    { settings: openBao, objects: { unsealer: absent }, secrets: { unsealKeys: absent } },
    "wrong: THE KEY IS GONE: Secret vault-seal-key is not there, and after its next restart Vault stays sealed | `pulumi up --refresh --run-program --stack homelab` puts it back from Pulumi's state, before anything restarts",
  ],
  [
    "opened by another Vault, without the token for it",
    { settings: transit, secrets: { unsealKeys: absent, recoveryKeys: there() } },
    "wrong: Secret vault-transit-token is not there, and after its next restart Vault stays sealed | `pulumi up --refresh --run-program --stack homelab` puts it back",
  ],
  [
    "with its bootstrap token",
    { secrets: { bootstrapToken: there() } },
    "wrong: the bootstrap token is still there (Secret vault-bootstrap-token), which may do everything | `npm run with-vault -- pulumi up --stack homelab-vault` takes it away at its end",
  ],
  ["without backups, as configured", { settings: { backup: { schedule: "" } }, objects: { backup: absent } }],
  [
    "without the CronJob",
    { objects: { backup: absent } },
    "wrong: nothing makes snapshots (CronJob vault-backup) | `pulumi up --stack homelab` makes it",
  ],
  [
    "in a cluster of which nothing can be seen",
    {
      secrets: { bootstrapToken: denied },
      objects: { pod: denied, init: denied, record: denied, unsealer: denied, backup: denied },
    },
    "unknown: the pod vault-0 could not be seen | your kubeconfig may not look at it",
    "unknown: the Job vault-init could not be seen | your kubeconfig may not look at it",
    "unknown: nobody can say how Vault was initialised (ConfigMap vault-initialisation) | your kubeconfig may not look at it",
    "unknown: the unsealer (Deployment vault-unsealer) could not be seen | your kubeconfig may not look at it",
    "unknown: nobody can say whether the Secret vault-bootstrap-token is there | your kubeconfig may not look at it",
    "unknown: nobody can say when the last snapshot was made (CronJob vault-backup) | your kubeconfig may not look at it",
  ],
];
