import * as pulumi from "@pulumi/pulumi";
import { explainedErrors } from "../components/explained-errors";
import { GitOps } from "../components/gitops";
import { ProjectComponent } from "../components/project";
import { type GitHubCredential, gitHubCredentials, type GitHubSecrets } from "../inputs/github-credentials";
import { readProjects } from "../inputs/project-files";
import type { ProjectsStack } from "../inputs/settings";
import { stackFileName } from "../inputs/stack-file";
import type { PlatformOutputs } from "../model/platform-outputs";
import type { Project } from "../model/project";
import type { ProjectsSettings } from "../model/projects-settings";
import { planProject } from "../plan/projects/project";
import { reservedHosts, reservedRepositories } from "../plan/projects/project-cluster";
import { projectsArgs } from "../plan/projects/projects-stack";
import { keepData } from "./kept-data";
import { readPlatformOutputs } from "./platform-reference";
import { gitHubProviders, kubernetesProvider, randomProvider, tlsProvider, vaultProvider } from "./providers";
import { requireGitHub, requireVault, type Services } from "./services";

/** Makes the GitOps repository and one component for each project file, once nothing speaks against it. */
export async function projectsStack(
  { stack, settings }: ProjectsStack,
  secrets: GitHubSecrets,
  services: Services,
): Promise<pulumi.Inputs> {
  const platform = await readPlatformOutputs(settings.platform);
  const projects = checkedProjects(settings, platform);
  const { cluster, gitOps } = projectsArgs(settings, platform);
  const credentials = credentialsOf(stack, settings, { projects, secrets });
  const record = await keepData(
    stack,
    settings,
    projects.map((project) => planProject(project, cluster)),
  );
  const { baseUrl } = settings.github;
  const vault = settings.vaultAddress === "" ? platform.vault.address : settings.vaultAddress;
  await requireVault(services, vault);
  await requireGitHub(services, credentials, baseUrl);
  const providers = [
    kubernetesProvider({ cluster: settings.platform, context: platform.kubernetes.context }),
    randomProvider(),
    tlsProvider(),
    vaultProvider(vault),
  ];
  const options = { providers, hooks: explainedErrors() };
  const gitHub = gitHubProviders(credentials, baseUrl);
  const repository = new GitOps({ ...gitOps, gitHub }, options);
  const components = projects.map(
    (project) => new ProjectComponent({ project, cluster, gitHub }, { ...options, dependsOn: repository }),
  );
  return record(pulumi.all([repository, ...components].map(({ made }) => made)));
}

function checkedProjects(settings: ProjectsSettings, platform: PlatformOutputs): readonly Project[] {
  return readProjects(settings.projects, {
    reservedHosts: reservedHosts(platform),
    reservedRepositories: reservedRepositories(settings),
    node: platform.node,
  });
}

function credentialsOf(
  stack: string,
  { gitOps, github }: ProjectsSettings,
  { projects, secrets }: { readonly projects: readonly Project[]; readonly secrets: GitHubSecrets },
): ReadonlyMap<string, GitHubCredential> {
  const owners = projects.flatMap(({ applications }) => applications.map(({ git }) => git.owner));
  return gitHubCredentials({
    file: stackFileName(stack),
    owners: [gitOps.owner, ...owners],
    apps: github.apps,
    secrets,
  });
}
