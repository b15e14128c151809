import { z } from "zod";
import { release } from "../model/build";
import type { Problem } from "../model/input-error";
import { secretSyncs } from "../model/project";
import { at } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

type SecretSync = (typeof secretSyncs)[number];

/** Ways to bring secrets from Vault that a cluster does not have, and what to do about each. */
export type MissingSecretSyncs = ReadonlyMap<SecretSync, Pick<Problem, "problem" | "remedy">>;

const application = z
  .object({
    release: release.optional().catch(undefined),
    secrets: z.record(z.string(), z.unknown()).catch({}),
    uses: z.array(z.unknown()).catch([]),
  })
  .catch({ secrets: {}, uses: [] });
const soundParts = z
  .object({ secretSync: z.enum(secretSyncs).optional().catch(undefined), applications: z.array(application).catch([]) })
  .catch({ applications: [] });

/** Projects whose secrets nobody would bring, and applications that nobody would release because of how that is done. */
export function secretSyncProblems(
  document: YamlDocument,
  missing: MissingSecretSyncs = new Map(),
): readonly Problem[] {
  const { secretSync, applications } = soundParts.parse(document.value);
  const words = secretSync && missing.get(secretSync);
  return [
    ...(words ? [{ ...at({ document, path: ["secretSync"] }), ...words }] : []),
    ...(secretSync === "vault-plugin"
      ? applications.flatMap((found, index) => notUpdated(document, found, index))
      : []),
  ];
}

/** The updater is made for kustomize and Helm. Source: argocd-image-updater pkg/argocd/argocd.go, `getApplicationType` */
function notUpdated(document: YamlDocument, found: z.infer<typeof application>, index: number): readonly Problem[] {
  const isFilled = Object.keys(found.secrets).length + found.uses.length > 0;
  if (found.release?.mode !== "image-updater" || !isFilled) return [];
  return [
    {
      ...at({ document, path: ["applications", index, "release", "mode"] }),
      problem: "does not go together with `secretSync: vault-plugin`, whose applications Argo CD renders by a plugin",
      remedy: "choose another mode, or remove `secretSync`",
    },
  ];
}
