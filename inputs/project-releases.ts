import { z } from "zod";
import { release, type ReleaseMode, scanModes } from "../model/build";
import type { Problem } from "../model/input-error";
import { followsMovingTag } from "../model/release-modes";
import { at } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

/** Release modes that a cluster does not have, and what to do about each. */
export type MissingReleaseModes = ReadonlyMap<ReleaseMode, Pick<Problem, "problem" | "remedy">>;

const scan = z.object({ mode: z.enum(scanModes).optional().catch(undefined) }).catch({});
const application = z
  .object({ release: release.optional().catch(undefined), build: z.object({ scan }).optional().catch(undefined) })
  .catch({});
const soundApplications = z.object({ applications: z.array(application).catch([]) }).catch({ applications: [] });

type SoundApplication = z.infer<typeof application>;

/** Applications that nobody would release, or otherwise than they ask for. */
export function releaseProblems(
  documents: readonly YamlDocument[],
  missing: MissingReleaseModes = new Map(),
): readonly Problem[] {
  return documents.flatMap((document) =>
    soundApplications.parse(document.value).applications.flatMap((found, index) => {
      const words = found.release && missing.get(found.release.mode);
      const place = (...path: readonly string[]) => at({ document, path: ["applications", index, ...path] });
      return [
        ...(words ? [{ ...place("release", "mode"), ...words }] : []),
        ...(passesScan(found) ? [{ ...place("build", "scan", "mode"), ...unheeded }] : []),
      ];
    }),
  );
}

/** The image is searched once it is in the registry, and there the tag means it already. */
function passesScan({ release: found, build }: SoundApplication): boolean {
  return found !== undefined && followsMovingTag(found.mode) && build?.scan.mode === "enforce";
}

const unheeded = {
  problem: "would stop nothing, since what is released by a moving tag runs before the image is searched",
  remedy: "use `warn`, or the `release.mode` commit or dispatch",
};
