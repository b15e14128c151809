import { type Json, jsonAt, toJson } from "../../model/json";
import { platformNamespaces } from "../../model/platform-names";
import { vaultAccounts, vaultBackups, vaultObjects } from "../../model/vault-names";
import type { Kubectl, KubectlAnswer } from "../kubectl";
import { vaultPod } from "../vault-advice";

/** An object of the cluster, or why it could not be seen. */
export type Seen =
  | { readonly kind: "there"; readonly object: Json }
  | { readonly kind: "absent" }
  | { readonly kind: "unseen"; readonly why: string };

/** What belongs to Vault's life in the cluster. Of Secrets nobody asks more than whether they are there. */
export interface ClusterObjects {
  readonly pod: Seen;
  readonly init: Seen;
  /** A list. */
  readonly initPods: Seen;
  readonly record: Seen;
  readonly unsealer: Seen;
  readonly backup: Seen;
  readonly secrets: Readonly<Record<SecretName, Seen>>;
}

export type SecretName = keyof Pick<
  typeof vaultObjects,
  "unsealKeys" | "recoveryKeys" | "sealKey" | "transitToken" | "bootstrapToken"
>;

/** A sentence where nothing at all can be seen. */
export async function clusterObjects(kubectl: Kubectl): Promise<ClusterObjects | string> {
  const inVault: Kubectl = (...words) => kubectl("-n", platformNamespaces.vault, "get", ...words);
  const object = async (...words: readonly string[]) => seenObject(await inVault(...words, "-o", "json"));
  const secret = async (name: SecretName) => seenName(await inVault("secret", vaultObjects[name], "-o", "name"));
  // By itself first: where it says nothing, the others would take as long to say the same.
  const first = await inVault("pod", vaultPod, "-o", "json");
  if (first.kind === "failed") return first.sentence;
  const [init, initPods, record, unsealer, backup] = await Promise.all([
    object("job", vaultAccounts.init),
    object("pods", "-l", `job-name=${vaultAccounts.init}`),
    object("configmap", vaultObjects.initialisation),
    object("deployment", vaultAccounts.unsealer),
    object("cronjob", vaultBackups.cronJob),
  ]);
  const [unsealKeys, recoveryKeys, sealKey, transitToken, bootstrapToken] = await Promise.all([
    secret("unsealKeys"),
    secret("recoveryKeys"),
    secret("sealKey"),
    secret("transitToken"),
    secret("bootstrapToken"),
  ]);
  const secrets = { unsealKeys, recoveryKeys, sealKey, transitToken, bootstrapToken };
  return { pod: seenObject(first), init, initPods, record, unsealer, backup, secrets };
}

function seenObject(answer: KubectlAnswer): Seen {
  return answer.kind === "done" ? { kind: "there", object: parsed(answer.text) } : unseen(answer);
}

function seenName(answer: KubectlAnswer): Seen {
  return answer.kind === "done" ? { kind: "there", object: null } : unseen(answer);
}

function unseen(answer: Exclude<KubectlAnswer, { readonly kind: "done" }>): Seen {
  switch (answer.kind) {
    case "absent":
      return { kind: "absent" };
    case "denied":
      return { kind: "unseen", why: "your kubeconfig may not look at it" };
    case "failed":
      return { kind: "unseen", why: answer.sentence };
  }
}

/** Whether the status of an object has a condition such as `Ready`. */
export function hasCondition(object: Json, type: string): boolean {
  const conditions = jsonAt(object, "status", "conditions");
  const isMet = (one: Json) => jsonAt(one, "type") === type && jsonAt(one, "status") === "True";
  return Array.isArray(conditions) && conditions.some(isMet);
}

function parsed(text: string): Json {
  try {
    return toJson(JSON.parse(text));
  } catch {
    return null;
  }
}
