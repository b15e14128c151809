import { jsonAt, type Json } from "../../model/json";
import { vaultAccounts } from "../../model/vault-names";
import { hasUnsealer } from "../../plan/platform/vault-unsealer";
import type { ClusterVault } from "../cluster-vault";
import { counted } from "../text-layout";
import { kubectlCommand, openingAdvice, vaultPod } from "../vault-advice";
import { hasCondition, type Seen } from "./cluster-objects";
import { type Finding, ok, unknown, wrong } from "./finding";

/** The server's own pod. */
export function podFinding(vault: ClusterVault, pod: Seen): Finding {
  const name = `the pod ${vaultPod}`;
  switch (pod.kind) {
    case "absent":
      return wrong(`there is no pod ${vaultPod}`, `run \`pulumi up --stack ${vault.platform}\`, which installs Vault`);
    case "unseen":
      return unknown(`${name} could not be seen`, pod.why);
    case "there":
      return seenPod(vault, pod.object, name);
  }
}

function seenPod(vault: ClusterVault, pod: Json, name: string): Finding {
  const restarts = `, ${counted(restartsOf(pod), "restart")}`;
  if (hasCondition(pod, "Ready")) return ok(`${name} is ready${restarts}`);
  if (isSealed(pod)) return wrong(`${name} is not ready: it says that it is sealed${restarts}`, openingAdvice(vault));
  const state = [jsonAt(pod, "status", "phase"), waitingReason(pod)].filter((part) => typeof part === "string");
  const advice = `see ${kubectlCommand(vault, `describe pod ${vaultPod}`)} and ${kubectlCommand(vault, `logs ${vaultPod}`)}`;
  return wrong(`${name} is not ready (${state.join(", ")})${restarts}`, advice);
}

/** The label that either server keeps on its own pod. Source: serviceregistration/kubernetes in hashicorp/vault and openbao/openbao */
function isSealed(pod: Json): boolean {
  return ["vault-sealed", "openbao-sealed"].some((label) => jsonAt(pod, "metadata", "labels", label) === "true");
}

function restartsOf(pod: Json): number {
  return Number(jsonAt(pod, "status", "containerStatuses", 0, "restartCount") ?? 0);
}

/** Such as `CrashLoopBackOff`. */
function waitingReason(pod: Json): Json | undefined {
  return jsonAt(pod, "status", "containerStatuses", 0, "state", "waiting", "reason");
}

/** What opens Vault, where something does. */
export function unsealerFindings(vault: ClusterVault, unsealer: Seen): readonly Finding[] {
  if (!hasUnsealer(vault.server)) return [];
  const name = `the unsealer (Deployment ${vaultAccounts.unsealer})`;
  switch (unsealer.kind) {
    case "absent":
      return [wrong(`${name} is not there`, `run \`pulumi up --stack ${vault.platform}\`, which makes it`)];
    case "unseen":
      return [unknown(`${name} could not be seen`, unsealer.why)];
    case "there": {
      if (Number(jsonAt(unsealer.object, "status", "readyReplicas") ?? 0) > 0) return [ok(`${name} runs`)];
      return [
        wrong(`${name} does not run`, `see ${kubectlCommand(vault, `describe deployment ${vaultAccounts.unsealer}`)}`),
      ];
    }
  }
}
