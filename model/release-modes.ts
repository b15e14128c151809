import type { ReleaseMode } from "./build";
import type { Project } from "./project";

/** How the applications of these projects are released, each way once. */
export function releaseModesOf(projects: readonly Project[]): ReadonlySet<ReleaseMode> {
  return new Set(projects.flatMap(({ applications }) => applications.map(({ release }) => release.mode)));
}

/** The applications of a project that are released in this way, sorted by name. */
export function releasedBy(mode: ReleaseMode, { applications }: Pick<Project, "applications">): readonly string[] {
  return applications
    .filter(({ release }) => release.mode === mode)
    .map(({ name }) => name)
    .sort();
}
