import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Programs that run in pods, as the text of their files. They are part of this program, like its modules, so reading them
 * makes no plan depend on the machine.
 */
export const programs = {
  dispatch: read("dispatch.mjs"),
  harborProject: read("harbor-project.mjs"),
  release: read("shared/fail.sh", "shared/release-file.sh", "release.sh"),
  status: read("status.mjs"),
  keepLog: read("keep-log.sh"),
  releaseWorkflow: read("release-workflow.yaml"),
  restart: read("restart.mjs"),
  scan: read("scan.sh"),
  signLogin: read("sign-login.mjs"),
  pushRules: read("push-rules.lua"),
  sweep: read("sweep.mjs"),
  sweepHeads: read("sweep-heads.sh"),
  check: read("shared/fail.sh", "shared/remote.sh", "check.sh"),
  checkout: read("shared/fail.sh", "shared/remote.sh", "checkout.sh"),
  buildImage: read("shared/fail.sh", "shared/image.sh", "build-image.sh"),
  buildImageKaniko: read("shared/fail.sh", "shared/image.sh", "build-image-kaniko.sh"),
  report: read("report.mjs"),
} as const;

/** One text of one or more files: scripts share parts, and a pod gets each as one text. */
function read(...files: readonly string[]): string {
  return files.map((file) => readFileSync(join(__dirname, "..", "in-cluster", file), "utf8")).join("\n");
}
