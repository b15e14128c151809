import { imageTag } from "../../model/delivery-names";
import { namespaceName } from "../../model/names";
import type { Project } from "../../model/project";
import { quantity } from "../../model/quantity";
import { cacheRepositoryPattern, registryRobotName, registryRobotUser } from "../../model/registry-names";

/** What one project of Harbor shall be, in the words of Harbor's API 2.0: `in-cluster/harbor-project.mjs` reads it. */
export interface RegistryState {
  readonly project: string;
  /** Bytes that all its images may take together. */
  readonly storage: number;
  readonly robot: RobotAccount;
  /** Name by which the robot account logs in. */
  readonly robotUser: string;
  readonly retention: RetentionPolicy;
  /** What Harbor as a whole does when nobody has said anything. */
  readonly garbageCollection: { readonly schedule: { readonly type: "Custom"; readonly cron: string } };
}

interface RobotAccount {
  readonly name: string;
  readonly description: string;
  readonly level: "project";
  /** Days; -1: it never expires. */
  readonly duration: -1;
  readonly permissions: readonly {
    readonly kind: "project";
    readonly namespace: string;
    readonly access: readonly { readonly resource: string; readonly action: string; readonly effect: "allow" }[];
  }[];
}

interface RetentionPolicy {
  /** What any one rule retains stays; everything else goes. */
  readonly algorithm: "or";
  readonly rules: readonly RetentionRule[];
  readonly trigger: { readonly kind: "Schedule"; readonly settings: { readonly cron: string } };
}

interface RetentionRule {
  readonly action: "retain";
  readonly template: "latestPushedK" | "always";
  readonly params: Readonly<Record<string, number>>;
  readonly tag_selectors: readonly Selector[];
  readonly scope_selectors: { readonly repository: readonly Selector[] };
}

interface Selector {
  readonly kind: "doublestar";
  readonly decoration: "matches" | "repoMatches" | "repoExcludes";
  readonly pattern: string;
  readonly extras?: string;
}

/** What a project's images may take of Harbor's volume. */
export const registryQuota = "10Gi";

/** What stays in each repository: the newest images, and the newest layers that builds reuse. */
export const retained = { images: 10, cachedLayers: 25 } as const;

/** In UTC, with seconds. What retention lets go of, garbage collection takes from the disk half an hour later. */
export const registrySchedule = { retention: "0 0 2 * * *", garbageCollection: "0 30 2 * * *" } as const;

export function registryState(project: Project): RegistryState {
  return {
    project: namespaceName(project.name),
    storage: quantity(registryQuota),
    robot: robotAccount(project.name),
    robotUser: registryRobotUser(project.name),
    retention: {
      algorithm: "or",
      rules: [newestImages, newestCachedLayers, ...pinnedImages(project)],
      trigger: { kind: "Schedule", settings: { cron: registrySchedule.retention } },
    },
    garbageCollection: { schedule: { type: "Custom", cron: registrySchedule.garbageCollection } },
  };
}

/** It pulls and pushes, and can neither delete nor see anything else of Harbor. */
function robotAccount(project: string): RobotAccount {
  const right = (action: string) => ({ resource: "repository", action, effect: "allow" as const });
  const access = [right("pull"), right("push")];
  return {
    name: registryRobotName,
    description: "Pushes what builds make and pulls what runs; managed by Pulumi",
    level: "project",
    duration: -1,
    permissions: [{ kind: "project", namespace: namespaceName(project), access }],
  };
}

/**
 * Untagged ones count too: a tag may have moved on from the very image that runs. What an index names, as BuildKit makes one
 * for several platforms or for the record of how an image was made, does not count by itself, and neither do signatures: they
 * stay and go with the image. Source: harbor src/pkg/artifact/dao/dao.go, `setBaseQuery` and `setAccessoryQuery`, and
 * src/controller/artifact/controller.go, `deleteDeeply` (v2.15)
 */
const newestImages: RetentionRule = {
  action: "retain",
  template: "latestPushedK",
  params: { latestPushedK: retained.images },
  tag_selectors: [tags("**", "with-untagged")],
  scope_selectors: { repository: [repositories("repoExcludes")] },
};

const newestCachedLayers: RetentionRule = {
  action: "retain",
  template: "latestPushedK",
  params: { latestPushedK: retained.cachedLayers },
  tag_selectors: [tags("**", "tagged")],
  scope_selectors: { repository: [repositories("repoMatches")] },
};

/** The images of the commits that applications are held at, however many are pushed after them. */
function pinnedImages({ applications }: Project): readonly RetentionRule[] {
  const commits = applications.flatMap(({ git }) => (git.hash === null ? [] : [imageTag(git.hash)]));
  const [first, ...others] = [...new Set(commits)].sort();
  if (first === undefined) return [];
  return [
    {
      action: "retain",
      template: "always",
      params: {},
      tag_selectors: [tags(others.length === 0 ? first : `{${[first, ...others].join()}}`, "tagged")],
      scope_selectors: { repository: [repositories("repoExcludes")] },
    },
  ];
}

function tags(pattern: string, which: "tagged" | "with-untagged"): Selector {
  const extras = JSON.stringify({ untagged: which === "with-untagged" });
  return { kind: "doublestar", decoration: "matches", pattern, extras };
}

/** The repositories of cached layers, or all others. */
function repositories(decoration: "repoMatches" | "repoExcludes"): Selector {
  return { kind: "doublestar", decoration, pattern: cacheRepositoryPattern };
}
