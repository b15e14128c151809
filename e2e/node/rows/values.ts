import { buildName } from "../../../model/names";
import type { Values } from "../support/installed-templates";
import { applicationName, projectName, source } from "../support/pipeline-project";

export const digest = `sha256:${"d".repeat(64)}`;

/** Seconds since 1970. */
export const pushed = 1_760_000_000;

/** What is known of a Workflow that builds a commit, at each of its steps. */
export function buildValues(commit: string, changes: Values = {}): Values {
  return {
    "workflow.name": buildName(applicationName, commit),
    "workflow.parameters.commit": commit,
    "workflow.parameters.pushed": String(pushed),
    "inputs.parameters.pushed": String(pushed),
    "steps.build.outputs.parameters.digest": digest,
    ...changes,
  };
}

/** What is known of a Workflow that a report of success makes; `changes` are its parameters. */
export function releaseValues(commit: string, changes: Values = {}): Values {
  const { owner, repo } = source;
  const parameters = {
    project: projectName,
    application: applicationName,
    ...{ commit, state: "success", digest, pushed: String(pushed) },
    workflow: buildName(applicationName, commit),
    repository: `${owner}/${repo}`,
    ...{ mode: "commit", pinned: "" },
    ...changes,
  };
  const named = Object.entries(parameters).map(([name, value]): [string, string] => [
    `workflow.parameters.${name}`,
    value,
  ]);
  return { "workflow.name": `${projectName}.${applicationName}-x7k2p`, ...Object.fromEntries(named) };
}
