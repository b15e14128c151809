import type * as pulumi from "@pulumi/pulumi";
import { ProjectComponent } from "../components/project";
import { readProjects } from "../inputs/project-files";
import type { ProjectsStack } from "../inputs/settings";
import { projectCluster, reservedHosts } from "../plan/projects/project-cluster";
import { readPlatformOutputs } from "./platform-reference";
import { kubernetesProvider, randomProvider } from "./providers";

/** Makes one component for each project file. */
export async function projectsStack({ settings }: ProjectsStack): Promise<pulumi.Inputs> {
  const platform = await readPlatformOutputs(settings.platform);
  const projects = readProjects(settings.projects, { reservedHosts: reservedHosts(platform) });
  const cluster = projectCluster(platform);
  const providers = [
    kubernetesProvider({ cluster: settings.platform, context: platform.kubernetes.context }),
    randomProvider(),
  ];
  for (const project of projects) new ProjectComponent({ project, cluster }, { providers });
  return {};
}
