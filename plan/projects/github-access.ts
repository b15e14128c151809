import { ownerCommand, setSecretCommand } from "../../model/config-commands";
import { configNamespace } from "../../model/config-keys";
import { dispatchTokenSecret } from "../../model/dispatch-names";
import type { Project } from "../../model/project";
import type { ProjectsSecretKey, ProjectsSettings } from "../../model/projects-settings";
import { releaseModesOf } from "../../model/release-modes";
import { ownerName } from "../../model/repository-names";
import { presentReleaseSecrets } from "../pipeline/present-release-secrets";

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

/** One sentence where GitHub is to release and nothing could ask it to. */
export function dispatchWarnings({ stack, projects, secretParts }: AccessArgs): readonly string[] {
  const isUsed = releaseModesOf(projects).has("dispatch");
  if (secretParts === undefined || !isUsed || presentReleaseSecrets(secretParts).dispatch) return [];
  const command = setSecretCommand({ stack, key: `${configNamespace}:${dispatchTokenSecret}` });
  return [`nothing is released by \`release.mode: dispatch\` without a token for the GitOps repository: ${command}`];
}

/** One sentence for each owner of applications on whose commits nobody would see how a build stands. */
export function statusWarnings({ stack, projects, secretParts }: AccessArgs): readonly string[] {
  if (secretParts === undefined) return [];
  const { statusOwners } = presentReleaseSecrets(secretParts);
  const owners = projects.flatMap(({ applications }) => applications.map(({ git }) => git.owner));
  return [...new Map(owners.map((owner) => [ownerName(owner), owner]))].flatMap(([name, owner]) => {
    if (statusOwners.includes(name)) return [];
    const command = ownerCommand("githubStatusTokens", { stack, owner });
    return [`GitHub shows no state of builds on the commits of ${owner} without a token for that: ${command}`];
  });
}
