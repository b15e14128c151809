import { type Json, jsonAt } from "../../model/json";
import { vaultAccounts, vaultBackups, vaultPodLabels } from "../../model/vault-names";
import type { ClusterVault } from "../cluster-vault";
import { kubectlCommand } from "../vault-advice";
import { oldestGoodBackup } from "./backup-age";
import type { Seen } from "./cluster-objects";
import { type Finding, ok, unknown, wrong } from "./finding";

const name = `CronJob ${vaultBackups.cronJob}`;

/** Whether there are snapshots, and new ones. */
export function backupFindings(vault: ClusterVault, backup: Seen, now: Date): readonly Finding[] {
  const { schedule } = vault.server.backup;
  if (schedule === "") return [ok("no snapshots are made, as `idp:vault.backup.schedule` has it")];
  switch (backup.kind) {
    case "absent":
      return [wrong(`nothing makes snapshots (${name})`, `\`pulumi up --stack ${vault.platform}\` makes it`)];
    case "unseen":
      return [unknown(`nobody can say when the last snapshot was made (${name})`, backup.why)];
    case "there":
      return [ageFinding(vault, backup.object, now)];
  }
}

function ageFinding(vault: ClusterVault, cronJob: Json, now: Date): Finding {
  const { schedule } = vault.server.backup;
  const why = `see ${kubectlCommand(vault, `logs -l ${label} --tail 20`)}`;
  if (jsonAt(cronJob, "spec", "suspend") === true) {
    const patch = kubectlCommand(vault, `patch cronjob ${vaultBackups.cronJob} -p '{"spec":{"suspend":false}}'`);
    return wrong(`snapshots are suspended (${name})`, patch);
  }
  const oldest = oldestGoodBackup(schedule, now);
  if (!oldest) return unknown(`the schedule \`${schedule}\` never comes`, "set `idp:vault.backup.schedule`");
  const last = dateAt(cronJob, "status", "lastSuccessfulTime");
  if (last) {
    const age = `the last snapshot is ${ageText(now.getTime() - last.getTime())} old`;
    return last >= oldest ? ok(age) : wrong(`${age}, and more than two of \`${schedule}\` have passed`, why);
  }
  const made = dateAt(cronJob, "metadata", "creationTimestamp");
  if (made && made >= oldest) return ok(`the first snapshot is yet to be made (\`${schedule}\`)`);
  return wrong("there has never been a snapshot", why);
}

const label = Object.entries(vaultPodLabels(vaultAccounts.backup))
  .map(([key, value]) => `${key}=${value}`)
  .join(",");

function dateAt(object: Json, ...path: readonly string[]): Date | undefined {
  const text = jsonAt(object, ...path);
  const date = typeof text === "string" ? new Date(text) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** In the unit that a person thinks in: `40 minutes`, `7 hours`, `3 days`. */
export function ageText(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
