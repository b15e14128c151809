import { logicalName } from "../../model/names";
import { gitOpsComponentName } from "../../model/repository-names";
import type { PlannedGitHubFile } from "../planned-github";
import { programs } from "../program-files";
import type { GitOpsRepository } from "../projects/project-cluster";

/** Where GitHub looks for workflows; it starts one by an event of ours only from the default branch. */
export const releaseWorkflowPath = ".github/workflows/release.yaml";
const scriptPath = ".github/release.sh";

/** What stands in the workflow's file where the branch belongs. */
const branchMark = /\bGITOPS_BRANCH$/gm;

/** The workflow that releases what a build hands over, and its script: the very one that runs in the cluster. */
export function planReleaseWorkflow(
  { owner, repository, branch }: GitOpsRepository,
  dependsOn: readonly string[],
): readonly PlannedGitHubFile[] {
  const file = (role: string, path: string, content: string): PlannedGitHubFile => ({
    kind: "github-file",
    name: logicalName(gitOpsComponentName, role),
    ...{ owner, repository, branch, path, content, dependsOn },
    message: `describe ${path}`,
  });
  // A JSON text is one of YAML too, whatever the branch is called.
  const workflow = programs.releaseWorkflow.replaceAll(branchMark, () => JSON.stringify(branch));
  return [
    file("release-script", scriptPath, programs.release),
    file("release-workflow", releaseWorkflowPath, workflow),
  ];
}

/** What GitHub asks for before the workflow can be there, and before it runs. */
export function workflowWarnings({ owner, repository, branch }: GitOpsRepository, isMade: boolean): readonly string[] {
  const name = `${owner}/${repository}`;
  return [
    `releases through GitHub Actions need one permission more than everything else: give the token or App of ${owner} ` +
      `Workflows (read and write), without which GitHub takes no ${releaseWorkflowPath}`,
    ...(isMade
      ? []
      : [
          `GitHub starts ${releaseWorkflowPath} only where ${branch} is the default branch of ${name}; look that it is`,
        ]),
  ];
}
