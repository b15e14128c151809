import type { VaultState } from "../../inputs/vault-status";
import { type Json, jsonAt } from "../../model/json";
import { vaultAccounts, vaultObjects } from "../../model/vault-names";
import type { ClusterVault } from "../cluster-vault";
import { kubectlCommand } from "../vault-advice";
import { type ClusterObjects, hasCondition, type Seen } from "./cluster-objects";
import { type Finding, ok, unknown, wrong } from "./finding";

const job = `the Job ${vaultAccounts.init}`;

/** Whether Vault was initialised, and whether its keys were stored. */
export function initFindings(vault: ClusterVault, objects: ClusterObjects, state: VaultState): readonly Finding[] {
  return [jobFinding(vault, objects), ...recordFindings(vault, objects, state)];
}

function jobFinding(vault: ClusterVault, { init, initPods, record }: ClusterObjects): Finding {
  const makes = `\`pulumi up --stack ${vault.platform}\` makes it`;
  const log = `see ${kubectlCommand(vault, `logs job/${vaultAccounts.init}`)}`;
  const reason = lines(troubleOf(record) ?? "");
  const first = reason.length === 0 ? "" : "do what it says; then ";
  switch (init.kind) {
    case "absent":
      return wrong(`${job}, which initialises Vault, is not there`, `${first}${makes}`, reason);
    case "unseen":
      return unknown(`${job} could not be seen`, init.why, reason);
    case "there": {
      if (Number(jsonAt(init.object, "status", "succeeded") ?? 0) > 0) return ok(`${job} has ended well`);
      const said = reason.length === 0 ? lines(messageOf(initPods)) : reason;
      if (hasCondition(init.object, "Failed"))
        return wrong(`${job} has failed`, `do what it says; then ${makes} anew`, said);
      return wrong(`${job} has not ended yet; nobody may delete its pod, which may hold keys`, log, said);
    }
  }
}

/** Why the last run refused to go on. */
function troubleOf(record: Seen): string | undefined {
  const trouble = record.kind === "there" ? jsonAt(record.object, "data", "trouble") : undefined;
  return typeof trouble === "string" ? trouble : undefined;
}

/** What the newest pod that ended said at its end. */
function messageOf(seen: Seen): string {
  const items = seen.kind === "there" ? jsonAt(seen.object, "items") : undefined;
  const pods: readonly Json[] = Array.isArray(items) ? items : [];
  const messages = [...pods].sort(byAge).flatMap((pod) => {
    const status = jsonAt(pod, "status", "containerStatuses", 0);
    return ["state", "lastState"].map((name) => jsonAt(status, name, "terminated", "message"));
  });
  return messages.find((message) => typeof message === "string") ?? "";
}

/** The newest first. */
function byAge(a: Json, b: Json): number {
  const [first = "", second = ""] = [a, b].map((pod) => {
    const made = jsonAt(pod, "metadata", "creationTimestamp");
    return typeof made === "string" ? made : "";
  });
  return second.localeCompare(first);
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

function recordFindings(
  vault: ClusterVault,
  { record, secrets }: ClusterObjects,
  state: VaultState,
): readonly Finding[] {
  const title = `ConfigMap ${vaultObjects.initialisation}`;
  if (record.kind === "unseen") return [unknown(`nobody can say how Vault was initialised (${title})`, record.why)];
  const phase = phaseOf(record);
  if (phase === "stored") return [ok("the keys of the initialisation were stored")];
  if (phase === "started") {
    const remedy = `see ${kubectlCommand(vault, `logs job/${vaultAccounts.init}`)}, and do not delete its pod`;
    return [wrong("an initialisation has begun, and its keys are not stored yet", remedy)];
  }
  // Then there are no keys that anybody could have, or nobody knows.
  if (!isInitialised(state, record)) return [];
  if (vault.server.unseal.mode === "manual" || secrets.unsealKeys.kind === "there") {
    return [ok("Vault was initialised by a person")];
  }
  return [wrong(`nothing says that its keys were stored (${title}), so somebody else has initialised Vault`, handOver)];
}

const handOver = "hand over its keys (docs/vault.md, Initialised by hand before)";

/** Whether it is known that there are keys to a Vault. */
export function isInitialised({ kind }: VaultState, record: Seen): boolean {
  return kind === "open" || kind === "sealed" || (kind !== "uninitialised" && phaseOf(record) === "stored");
}

function phaseOf(record: Seen): Json | undefined {
  return record.kind === "there" ? jsonAt(record.object, "data", "phase") : undefined;
}
