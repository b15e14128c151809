import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Programs that run in pods, as the text of their files. They are part of this program, like its modules, so reading them
 * makes no plan depend on the machine.
 */
export const programs = {
  dispatch: module("shared/service.mjs", "shared/release-step.mjs", "dispatch.mjs"),
  fetchVaultPlugin: module("shared/service.mjs", "fetch-vault-plugin.mjs"),
  harborProject: read("harbor-project.mjs"),
  release: read("shared/fail.sh", "shared/ssh.sh", "shared/release-file.sh", "release.sh"),
  status: read("status.mjs"),
  keepLog: read("keep-log.sh"),
  releaseWorkflow: read("release-workflow.yaml"),
  restart: module("shared/service.mjs", "shared/release-step.mjs", "restart.mjs"),
  scan: read("scan.sh"),
  signLogin: read("sign-login.mjs"),
  pushRules: read("push-rules.lua"),
  sweep: read("sweep.mjs"),
  sweepHeads: read("shared/ssh.sh", "sweep-heads.sh"),
  check: read("shared/fail.sh", "shared/ssh.sh", "shared/remote.sh", "check.sh"),
  checkout: read("shared/fail.sh", "shared/ssh.sh", "shared/remote.sh", "checkout.sh"),
  buildImage: read("shared/fail.sh", "shared/image.sh", "build-image.sh"),
  buildImageKaniko: read("shared/fail.sh", "shared/image.sh", "build-image-kaniko.sh"),
  report: read("report.mjs"),
  vaultBackup: module(
    ...["shared/service.mjs", "shared/discreet.mjs", "shared/vault-server.mjs"],
    ...["shared/snapshot.mjs", "shared/s3.mjs", "vault-backup.mjs"],
  ),
  vaultBootstrapEnd: module(
    ...["shared/service.mjs", "shared/discreet.mjs", "shared/api-server.mjs", "shared/vault-server.mjs"],
    "vault-bootstrap-end.mjs",
  ),
  vaultInit: module(
    ...["shared/service.mjs", "shared/discreet.mjs", "shared/api-server.mjs", "shared/vault-server.mjs"],
    ...["shared/vault-init-advice.mjs", "shared/vault-init-journal.mjs", "shared/vault-init-record.mjs"],
    ...["shared/vault-init-store.mjs", "vault-init.mjs"],
  ),
  vaultPlugin: read("vault-plugin.sh"),
  vaultUnseal: read("vault-unseal.sh"),
} as const;

/** One text of one or more files: scripts share parts, and a pod gets each as one text. */
function read(...files: readonly string[]): string {
  return files.map((file) => readFileSync(join(__dirname, "..", "in-cluster", file), "utf8")).join("\n");
}

/** JavaScript of several files as one module: the parts stand in it, so that nothing is left to import or export. */
function module(...files: readonly string[]): string {
  const partImport = /^import \{[^}]*\} from "\.\/[^"]+";\n/gm;
  return read(...files)
    .replace(partImport, "")
    .replace(/^export (?=(?:async )?function|class|const)/gm, "");
}
