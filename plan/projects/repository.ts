import { rulesetName, webhookPath } from "../../model/repository-names";
import { secretOf, secretText } from "../../model/secret-text";
import type {
  PlannedGitHubDefaultBranch,
  PlannedGitHubDeployKey,
  PlannedGitHubRepository,
  PlannedGitHubRuleset,
  PlannedGitHubWebhook,
} from "../planned-github";
import type { PlannedPassword, PlannedPrivateKey, PlannedResource } from "../planned-resource";
import { type ProjectRepository, repositoryResource, webhookSecretText } from "./project-repositories";

/** Letters and digits: 64 of them hold 381 random bits, and GitHub asks for no less than 256. */
const webhookSecretLength = 64;

/** What one repository gets, and the repository itself unless it is only used. */
export function planRepository(repository: ProjectRepository, webhookHost: string): readonly PlannedResource[] {
  const own = ownRepository(repository);
  const after = own.map(({ name }) => name);
  const branches = defaultBranch(repository, after);
  const afterBranch = [...after, ...branches.map(({ name }) => name)];
  return [
    ...own,
    ...branches,
    webhookSecret(repository),
    privateKey(repository),
    ...(webhookHost === "" ? [] : [webhook(repository, webhookHost, after)]),
    deployKey(repository, after),
    ...(repository.settings.ruleset
      ? repository.branches.map((branch) => ruleset(repository, branch, afterBranch))
      : []),
  ];
}

/** Address that GitHub calls for every push. */
export function webhookUrl({ project, owner, repository }: ProjectRepository, webhookHost: string): string {
  return `https://${webhookHost}${webhookPath(project, owner, repository)}`;
}

/** An adopted one was there before: it is left to its owner when it leaves the plan, where one that was made is archived. */
function ownRepository(repository: ProjectRepository): readonly PlannedGitHubRepository[] {
  const { mode, visibility, description, template } = repository.settings;
  if (mode === "use") return [];
  const said = description === "" ? {} : { description };
  // GitHub refuses a first commit of its own beside the one that a template brings.
  const start = template === null ? { firstCommit: true } : { template };
  return [
    {
      kind: "github-repository",
      name: repositoryResource(repository, "repository"),
      ...onGitHub(repository),
      adopt: mode === "adopt",
      settings: mode === "adopt" ? said : { visibility, ...said, ...start },
      protect: true,
      ...(mode === "adopt" ? { retain: true } : {}),
    },
  ];
}

/** Others than those that are made keep theirs. */
function defaultBranch(
  repository: ProjectRepository,
  dependsOn: readonly string[],
): readonly PlannedGitHubDefaultBranch[] {
  if (repository.settings.mode !== "create") return [];
  const name = repositoryResource(repository, "default-branch");
  return [{ kind: "github-default-branch", name, ...onGitHub(repository), branch: repository.firstBranch, dependsOn }];
}

function webhookSecret(repository: ProjectRepository): PlannedPassword {
  return { kind: "password", name: repositoryResource(repository, "webhook-secret"), length: webhookSecretLength };
}

function privateKey(repository: ProjectRepository): PlannedPrivateKey {
  return { kind: "private-key", name: repositoryResource(repository, "private-key"), algorithm: "ed25519" };
}

function webhook(
  repository: ProjectRepository,
  webhookHost: string,
  dependsOn: readonly string[],
): PlannedGitHubWebhook {
  return {
    kind: "github-webhook",
    name: repositoryResource(repository, "webhook"),
    ...onGitHub(repository),
    url: webhookUrl(repository, webhookHost),
    secret: webhookSecretText(repository),
    dependsOn,
  };
}

function deployKey(repository: ProjectRepository, dependsOn: readonly string[]): PlannedGitHubDeployKey {
  return {
    kind: "github-deploy-key",
    name: repositoryResource(repository, "read-key"),
    ...onGitHub(repository),
    title: `${repository.project}: builds read`,
    key: secretText(secretOf(repositoryResource(repository, "private-key"), "openssh-public")),
    readOnly: true,
    dependsOn,
  };
}

/** The slash keeps its name apart from every other one: no repository has a slash in its name. */
function ruleset(repository: ProjectRepository, branch: string, dependsOn: readonly string[]): PlannedGitHubRuleset {
  return {
    kind: "github-ruleset",
    name: repositoryResource(repository, `ruleset/${branch}`),
    ...onGitHub(repository),
    ruleset: rulesetName(repository.project, branch),
    branch,
    dependsOn,
  };
}

function onGitHub({ owner, repository }: ProjectRepository) {
  return { owner, repository };
}
