import type { ReleaseMode } from "../../model/build";
import { logicalName } from "../../model/names";
import type { ProjectsSettings } from "../../model/projects-settings";
import { gitOpsComponentName, rulesetName } from "../../model/repository-names";
import { componentPlan } from "../component-plan";
import type { PlannedGitHubDefaultBranch, PlannedGitHubRepository, PlannedGitHubRuleset } from "../planned-github";
import type { ComponentPlan } from "../planned-resource";
import { gitHost, type GitOpsRepository } from "../projects/project-cluster";
import { planReadKey, planUpdaterKey, planWriteKey } from "./gitops-keys";
import { planReleaseNamespace } from "./release-namespace";
import { planReleaseWorkflow, workflowWarnings } from "./release-workflow";

export interface GitOpsArgs extends Pick<ProjectsSettings["gitOps"], "mode" | "ruleset"> {
  readonly repository: GitOpsRepository;
  /** How applications are released; absent: by commits of the cluster alone. */
  readonly releaseModes?: ReadonlySet<ReleaseMode>;
}

/** The repository that says what runs, with the keys of those who read and write it. */
export function planGitOps({ repository, mode, ruleset, releaseModes = new Set() }: GitOpsArgs): ComponentPlan {
  const own = mode === "use" ? [] : [ownRepository(repository, mode)];
  const after = own.map(({ name }) => name);
  const branches = mode === "create" ? [defaultBranch(repository, after)] : [];
  const afterBranch = [...after, ...branches.map(({ name }) => name)];
  return componentPlan({
    type: "idp:projects:GitOps",
    name: gitOpsComponentName,
    resources: [
      ...own,
      ...branches,
      ...(ruleset ? [branchRuleset(repository, afterBranch)] : []),
      ...planReleaseNamespace(repository),
      ...planWriteKey(repository, after),
      ...planReadKey(repository, after),
      ...(releaseModes.has("image-updater") ? planUpdaterKey(repository, after) : []),
      ...(releaseModes.has("dispatch") ? planReleaseWorkflow(repository, afterBranch) : []),
    ],
    warnings: [
      ...openBranch(repository, ruleset),
      ...unknownHost(repository),
      ...(releaseModes.has("dispatch") ? workflowWarnings(repository, mode === "create") : []),
    ],
  });
}

/** Of an adopted one nothing is changed; it stays as it is when it leaves the plan, where one that was made is archived. */
function ownRepository(
  { owner, repository }: GitOpsRepository,
  mode: Exclude<GitOpsArgs["mode"], "use">,
): PlannedGitHubRepository {
  const description = "What runs in the cluster: written by its platform and by its releases";
  return {
    kind: "github-repository",
    name: logicalName(gitOpsComponentName, "repository"),
    ...{ owner, repository },
    adopt: mode === "adopt",
    settings: mode === "adopt" ? {} : { visibility: "private", description, firstCommit: true },
    protect: true,
    ...(mode === "adopt" ? { retain: true } : {}),
  };
}

function defaultBranch(
  { owner, repository, branch }: GitOpsRepository,
  dependsOn: readonly string[],
): PlannedGitHubDefaultBranch {
  const name = logicalName(gitOpsComponentName, "default-branch");
  return { kind: "github-default-branch", name, ...{ owner, repository, branch }, dependsOn };
}

function branchRuleset(
  { owner, repository, branch }: GitOpsRepository,
  dependsOn: readonly string[],
): PlannedGitHubRuleset {
  return {
    kind: "github-ruleset",
    name: logicalName(gitOpsComponentName, "ruleset"),
    ...{ owner, repository, branch },
    ruleset: rulesetName(gitOpsComponentName, branch),
    dependsOn,
  };
}

function openBranch({ owner, repository, branch }: GitOpsRepository, ruleset: boolean): readonly string[] {
  if (ruleset) return [];
  return [
    `nothing keeps ${branch} of ${owner}/${repository} from being rewritten or deleted; ` +
      "a ruleset would (`idp:gitOps.ruleset`)",
  ];
}

/** Argo CD brings the ssh keys of the great public hosts with it. */
function unknownHost(repository: GitOpsRepository): readonly string[] {
  const host = gitHost(repository);
  if (host === "github.com") return [];
  return [
    `Argo CD does not know the ssh key of ${host}; ` +
      `add it by \`ssh-keyscan ${host} | argocd cert add-ssh --batch\` after comparing its fingerprint`,
  ];
}
