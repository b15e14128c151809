import { readFileSync } from "node:fs";
import { z } from "zod";
import { isJsonObject, type JsonObject, toJsonObject } from "../../../model/json";

const recordings = z.array(
  z.object({ name: z.string(), examples: z.array(z.custom<object>((value) => typeof value === "object")) }),
);

/** Pushes that GitHub has sent, as their bodies: branches and tags that were made, and tags that were deleted. */
export const recordedPushes: readonly JsonObject[] = recordings
  .parse(JSON.parse(readFileSync(require.resolve("@octokit/webhooks-examples"), "utf8")))
  .filter(({ name }) => name === "push")
  .flatMap(({ examples }) => examples.map(toJsonObject));

/** Where they were made. */
export const recordedRepository = { owner: "Codertocat", repo: "Hello-World" } as const;

export const commit = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
export const commitBefore = "a10867b14bb761a232cd80139fbd4c0d33264240";

/** The recorded push of a branch, changed: to one that was there before, and by what is given. */
export function pushOf(changes: JsonObject = {}): JsonObject {
  const made = recordedPushes.find(({ ref }) => ref === "refs/heads/master");
  if (!made) throw new Error("no push of a branch was recorded");
  return { ...made, ref: "refs/heads/main", created: false, before: commitBefore, after: commit, ...changes };
}

/** A push whose commits change files. */
export function pushOfFiles(...commits: readonly JsonObject[]): JsonObject {
  return pushOf({ commits: commits.map((lists) => ({ added: [], modified: [], removed: [], ...lists })) });
}

/** The same push in another repository. */
export function pushTo(fullName: string): JsonObject {
  const { repository = null } = pushOf();
  return pushOf({ repository: { ...(isJsonObject(repository) ? repository : {}), full_name: fullName } });
}
