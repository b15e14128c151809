import { ownerCommand } from "../../model/config-commands";
import type { Project } from "../../model/project";
import type { ProjectsSecretKey, ProjectsSettings } from "../../model/projects-settings";
import { ownerName } from "../../model/repository-names";

/** Owners of all repositories that a projects stack works with, as they are written and as often as they occur. */
export function ownersOf({ gitOps }: ProjectsSettings, projects: readonly Project[]): readonly string[] {
  return [gitOps.owner, ...projects.flatMap(({ applications }) => applications.map(({ git }) => git.owner))];
}

/** A projects stack and what its file shows of its secrets. */
export interface AccessArgs {
  readonly stack: string;
  readonly settings: ProjectsSettings;
  readonly projects: readonly Project[];
  /** Owners whose secrets are set, by the secret key; undefined where nobody knows. */
  readonly secretParts?: ReadonlyMap<string, readonly string[]>;
}

/** One sentence for each owner in use as whom the stack could not act on GitHub. */
export function accessWarnings({ stack, settings, projects, secretParts }: AccessArgs): readonly string[] {
  if (secretParts === undefined) return [];
  const names = (owners: readonly string[]) => new Set(owners.map(ownerName));
  const set = (key: ProjectsSecretKey) => names(secretParts.get(key) ?? []);
  const [tokens, keys, apps] = [set("githubTokens"), set("githubAppKeys"), names(Object.keys(settings.github.apps))];
  const owners = new Map(ownersOf(settings, projects).map((owner) => [ownerName(owner), owner]));
  return [...owners].flatMap(([name, owner]) => {
    if (tokens.has(name) || (apps.has(name) && keys.has(name))) return [];
    return apps.has(name)
      ? [`the App of ${owner} has no private key yet: ${ownerCommand("githubAppKeys", { stack, owner })}`]
      : [`${owner} has no token or App yet: ${ownerCommand("githubTokens", { stack, owner })}`];
  });
}
