import * as pulumi from "@pulumi/pulumi";
import { explainedErrors } from "../components/explained-errors";
import { GitOps } from "../components/gitops";
import { Pipeline, type PipelineComponentArgs } from "../components/pipeline";
import type { GitHubProviders } from "../components/planned-component";
import { ProjectComponent } from "../components/project";
import { type GitHubCredential, gitHubCredentials, type GitHubSecrets } from "../inputs/github-credentials";
import { readProjects } from "../inputs/project-files";
import { projectOptions } from "../inputs/project-options";
import { knownReleaseSecrets } from "../inputs/release-secrets";
import type { ProjectsStack } from "../inputs/settings";
import { InputError } from "../model/input-error";
import type { ProjectsSettings } from "../model/projects-settings";
import { presentReleaseSecrets } from "../plan/pipeline/present-release-secrets";
import { type PipelineArgs, planPipeline } from "../plan/pipeline/pipeline";
import { planProject } from "../plan/projects/project";
import type { ProjectPlan } from "../plan/projects/project-plan";
import { ownersOf } from "../plan/projects/github-access";
import { projectsArgs } from "../plan/projects/projects-stack";
import { keepData } from "./kept-data";
import { readPlatformOutputs } from "./platform-reference";
import { gitHubProviders, kubernetesProvider, randomProvider, tlsProvider, vaultProvider } from "./providers";
import { requireGitHub, requireVault, type Services, vaultAddress } from "./services";

/** Makes the GitOps repository and one component for each project, once nothing speaks against it. */
export async function projectsStack(
  { stack, settings }: ProjectsStack,
  secrets: GitHubSecrets,
  services: Services,
): Promise<pulumi.Inputs> {
  // What is wrong with any of them is told though there is no platform yet; owners are known only with the projects.
  credentialsOf(stack, settings, { owners: [], secrets });
  const platform = await readPlatformOutputs(settings.platform);
  const projects = readProjects(settings.projects, projectOptions(settings, platform));
  const { cluster, gitOps } = projectsArgs(settings, platform, projects);
  const credentials = credentialsOf(stack, settings, { owners: ownersOf(settings, projects), secrets });
  const plans = projects.map((project) => planProject(project, cluster));
  const { presentSecrets, secrets: told } = releaseSecrets(stack, secrets);
  const pipelinePlan = planPipeline({ cluster, projects, presentSecrets });
  if (pipelinePlan.problems.length > 0) throw new InputError(pipelinePlan.problems);
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
  const pipeline = new Pipeline({ plan: pipelinePlan, secrets: told }, { ...options, dependsOn: repository });
  const components = projectComponents(plans, gitHub, { ...options, dependsOn: repository });
  return record(pulumi.all([repository, pipeline, ...components].map(({ made }) => made)));
}

/** Sorted by name, a project comes before its environments. These use the repositories that it makes. */
function projectComponents(
  plans: readonly ProjectPlan[],
  gitHub: GitHubProviders,
  { dependsOn: repository, ...options }: pulumi.ComponentResourceOptions & { readonly dependsOn: pulumi.Resource },
): readonly ProjectComponent[] {
  const made = new Map<string, ProjectComponent>();
  for (const plan of plans) {
    const main = made.get(plan.environmentOf?.project ?? "");
    if (plan.environmentOf && !main) throw new Error(`${plan.name} comes before ${plan.environmentOf.project}`);
    const dependsOn = main ? [repository, main] : [repository];
    made.set(plan.name, new ProjectComponent({ plan, gitHub }, { ...options, dependsOn }));
  }
  return [...made.values()];
}

/** Which secrets of releases there are, and their values, which nothing may show. */
function releaseSecrets(
  stack: string,
  { releaseSecrets: given }: GitHubSecrets,
): Required<Pick<PipelineArgs, "presentSecrets">> & Pick<PipelineComponentArgs, "secrets"> {
  const { parts, values } = knownReleaseSecrets(stack, given);
  const secrets = Object.entries(values).map(([name, value]) => [name, pulumi.secret(value)] as const);
  return { presentSecrets: presentReleaseSecrets(parts), secrets: Object.fromEntries(secrets) };
}

function credentialsOf(
  stack: string,
  { github }: ProjectsSettings,
  given: { readonly owners: readonly string[]; readonly secrets: GitHubSecrets },
): ReadonlyMap<string, GitHubCredential> {
  return gitHubCredentials({ stack, apps: github.apps, ...given });
}
