import * as pulumi from "@pulumi/pulumi";
import { explainedErrors } from "../components/explained-errors";
import { GitOps } from "../components/gitops";
import { ProjectComponent } from "../components/project";
import { type GitHubCredential, gitHubCredentials, type GitHubSecrets } from "../inputs/github-credentials";
import { readProjects } from "../inputs/project-files";
import { projectOptions } from "../inputs/project-options";
import type { ProjectsStack } from "../inputs/settings";
import type { ProjectsSettings } from "../model/projects-settings";
import { planProject } from "../plan/projects/project";
import { ownersOf } from "../plan/projects/github-access";
import { projectsArgs } from "../plan/projects/projects-stack";
import { keepData } from "./kept-data";
import { readPlatformOutputs } from "./platform-reference";
import { gitHubProviders, kubernetesProvider, randomProvider, tlsProvider, vaultProvider } from "./providers";
import { requireGitHub, requireVault, type Services, vaultAddress } from "./services";

/** Makes the GitOps repository and one component for each project file, once nothing speaks against it. */
export async function projectsStack(
  { stack, settings }: ProjectsStack,
  secrets: GitHubSecrets,
  services: Services,
): Promise<pulumi.Inputs> {
  // What is wrong with any of them is told though there is no platform yet; owners are known only with the projects.
  credentialsOf(stack, settings, { owners: [], secrets });
  const platform = await readPlatformOutputs(settings.platform);
  const projects = readProjects(settings.projects, projectOptions(settings, platform));
  const { cluster, gitOps } = projectsArgs(settings, platform);
  const credentials = credentialsOf(stack, settings, { owners: ownersOf(settings, projects), secrets });
  const plans = projects.map((project) => planProject(project, cluster));
  const record = await keepData(stack, settings, plans);
  const { baseUrl } = settings.github;
  const vault = vaultAddress(settings, platform);
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
  const components = plans.map((plan) => new ProjectComponent({ plan, gitHub }, { ...options, dependsOn: repository }));
  return record(pulumi.all([repository, ...components].map(({ made }) => made)));
}

function credentialsOf(
  stack: string,
  { github }: ProjectsSettings,
  given: { readonly owners: readonly string[]; readonly secrets: GitHubSecrets },
): ReadonlyMap<string, GitHubCredential> {
  return gitHubCredentials({ stack, apps: github.apps, ...given });
}
