import type { ReleaseMode } from "./build";
import type { Project } from "./project";

/** How the applications of these projects are released, each mode once. */
export function releaseModesOf(projects: readonly Project[]): ReadonlySet<ReleaseMode> {
  return new Set(projects.flatMap(({ applications }) => applications.map(({ release }) => release.mode)));
}

/** Whether what runs follows a tag that moves with the branch: the build then sets that tag too, before anything is scanned. */
export function followsMovingTag(mode: ReleaseMode): boolean {
  return mode === "image-updater" || mode === "restart";
}

/** The applications of a project that are released by this mode, sorted by name. */
export function releasedBy(mode: ReleaseMode, { applications }: Pick<Project, "applications">): readonly string[] {
  return applications
    .filter(({ release }) => release.mode === mode)
    .map(({ name }) => name)
    .sort();
}
