import type { JsonObject } from "../../model/json";
import { webhookPath } from "../../model/repository-names";

/** A call of the event source. */
export interface Call {
  readonly path: string;
  readonly body: JsonObject;
}

/** An application of the run's projects, as its calls name it. */
export interface CalledApplication {
  readonly project: string;
  readonly name: string;
  readonly repository: string;
  readonly branch: string;
  /** A file below its `build.paths`. */
  readonly file: string;
}

/** Those of e2e/projects. */
export const calledApplications: readonly CalledApplication[] = [
  { project: "shop", name: "api", repository: "myorg/shop-api", branch: "production", file: "main.go" },
  { project: "shop", name: "web", repository: "myorg/shop-web", branch: "main", file: "index.html" },
  { project: "shop", name: "worker", repository: "myorg/shop-api", branch: "production", file: "worker/main.go" },
  { project: "shop-eu", name: "api", repository: "partner/eu-api", branch: "main", file: "main.go" },
];

export const pushedCommit = "1a2b3c4d5e6f".padEnd(40, "7");

/** What the event source hands on of GitHub's call, with what the Sensor reads of it. */
export function pushCall(application: CalledApplication, changes: JsonObject = {}): Call {
  const { repository, branch, file } = application;
  const body = {
    "X-GitHub-Event": "push",
    ...{ ref: `refs/heads/${branch}`, before: "0123456789".repeat(4), after: pushedCommit },
    ...{ created: false, deleted: false, forced: false },
    repository: { full_name: repository, pushed_at: 1_790_000_000 },
    commits: [{ added: [file], modified: [], removed: [] }],
    ...changes,
  };
  return { path: pathOf(application), body };
}

/** What a build that succeeded tells of itself. */
export function reportCall(application: CalledApplication): Call {
  const { name } = application;
  const known = { application: name, commit: pushedCommit, state: "success", workflow: `${name}-1a2b3c4d5e6f` };
  const report = { ...known, digest: `sha256:${"ab".repeat(32)}`, pushed: "1790000000" };
  return { path: pathOf(application), body: { "X-GitHub-Event": "report", report } };
}

function pathOf({ project, repository }: CalledApplication): string {
  const [owner = "", name = ""] = repository.split("/");
  return webhookPath(project, owner, name);
}
