import type { PipelineArgs } from "./pipeline";
import { commitTemplate } from "./release-commit";
import type { ReleaseModePlan } from "./release-mode";

/**
 * Writes the application's first file, without which Argo CD makes nothing of it; from then on Argo CD Image Updater finds
 * each image by the tag that moves with the branch, and writes its digest into the same file.
 */
export function planImageUpdaterRelease(args: PipelineArgs): ReleaseModePlan {
  return { template: commitTemplate(args, { env: { MODE: "image-updater" }, volumes: [], mounts: [] }) };
}
