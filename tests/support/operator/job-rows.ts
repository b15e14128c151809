import { context, type DoctorRow } from "./doctor-rows";
import { absent, condition, denied, there } from "./vault-objects";

/** What is not well about the Job that initialises Vault. */
export const jobRows: readonly DoctorRow[] = [
  [
    "without its Job",
    { objects: { init: absent } },
    "wrong: the Job vault-init, which initialises Vault, is not there | `pulumi up --stack homelab` makes it",
  ],
  [
    "with a Job that failed and has left its reason",
    {
      objects: {
        init: there({ status: condition("Failed") }),
        record: there({ data: { phase: "stored", trouble: "the keys are gone:\n  kubectl -n vault do it\n" } }),
      },
    },
    "wrong: the Job vault-init has failed | the keys are gone: |   kubectl -n vault do it | do what it says; then `pulumi up --stack homelab` makes it anew",
  ],
  [
    "without its Job, which has left its reason",
    {
      objects: { init: absent, record: there({ data: { phase: "stored", trouble: "the keys are gone:\n  do it\n" } }) },
    },
    "wrong: the Job vault-init, which initialises Vault, is not there | the keys are gone: |   do it | do what it says; then `pulumi up --stack homelab` makes it",
  ],
  [
    "whose Job cannot be seen, and has left its reason",
    {
      objects: { init: denied, record: there({ data: { trouble: "it is not ours" } }) },
      secrets: { unsealKeys: there() },
    },
    "unknown: the Job vault-init could not be seen | it is not ours | your kubeconfig may not look at it",
  ],
  [
    "with a Job that tries again, and the last words of its newest pod",
    {
      objects: {
        init: there({ status: { active: 1 } }),
        initPods: there({
          items: [
            {
              metadata: { creationTimestamp: "2026-11-21T10:00:00Z" },
              status: { containerStatuses: [{ state: { terminated: { message: "old" } } }] },
            },
            {
              metadata: { creationTimestamp: "2026-11-21T11:00:00Z" },
              status: {
                containerStatuses: [{ state: { running: {} }, lastState: { terminated: { message: "new" } } }],
              },
            },
          ],
        }),
      },
    },
    `wrong: the Job vault-init has not ended yet; nobody may delete its pod, which may hold keys | new | see ${context} logs job/vault-init\``,
  ],
];
