import assert from "node:assert/strict";
import type { Project } from "../../../model/project";
import { someProject } from "../some-project";
import type { Ended } from "./set-up";
import type { HarborStandIn } from "./stand-in";

const things = ["project", "quota", "robot account", "retention", "garbage collection"] as const;

/** What a run says of each thing in a Harbor that knows nothing of the project; Harbor makes the quota with the project. */
export const afterFirst: readonly string[] = ["created", "changed", "created", "created", "created"];

export const afterSecond: readonly string[] = things.map(() => "unchanged");

export function changedAlone(thing: (typeof things)[number]): readonly string[] {
  return things.map((name) => (name === thing ? "changed" : "unchanged"));
}

/** A project whose one application is held at a commit, or at none. */
export function pinnedAt(hash: string | undefined): Project {
  const git = { type: "github", owner: "myorg", repo: "my-api", hash };
  return someProject({ applications: [{ name: "api", git, port: 8080 }] });
}

/** The lines of a run with these results. */
export function printed(results: readonly string[]): readonly string[] {
  return things.map((thing, index) => `${thing}: ${results[index] ?? ""}`);
}

/** Fails unless the run ended well, with one line about each thing and nothing else. */
export function succeeded({ code, lines, complaint }: Ended, results: readonly string[]): void {
  assert.deepEqual({ code, complaint }, { code: 0, complaint: "" });
  assert.deepEqual(lines, printed(results));
}

/** Fails unless the run ended with this one sentence. */
export function failed({ code, complaint }: Ended, sentence: string | RegExp): void {
  assert.equal(code, 1);
  if (typeof sentence === "string") assert.equal(complaint, sentence);
  else assert.match(complaint, sentence);
  assert.doesNotMatch(complaint, /\n/);
}

/** Everything that the stand-in holds. */
export function picture({ api: { projects, robots, schedule } }: HarborStandIn): unknown {
  return structuredClone([projects.all, [...projects.policies.values()], robots.all, schedule]);
}
