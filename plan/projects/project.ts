import type { Build } from "../../model/build";
import { imageName } from "../../model/delivery-names";
import { buildNamespaceName, databaseSecretName, namespaceName } from "../../model/names";
import type { Application, Project } from "../../model/project";
import { byName, sorted } from "../../model/sorted";
import { componentPlan } from "../component-plan";
import type { PlannedResource } from "../planned-resource";
import { planBuilds } from "./builds";
import { planDatabase } from "./database";
import { applicationWorkload, planDelivery } from "./delivery";
import type { ProjectCluster } from "./project-cluster";
import { asPart } from "./project-part";
import { plainSecretWarnings } from "./plain-secrets";
import type { ApplicationPlan, BuildPlan, ProjectPlan, VaultSecretPlan } from "./project-plan";
import { planProjectSecrets } from "./project-secrets";
import { planRegistry } from "./registry";
import { planRepositories } from "./repositories";
import { planTenancy } from "./tenancy";

/** What a project becomes. The order of its applications and databases makes no difference. */
export function planProject(given: Project, cluster: ProjectCluster): ProjectPlan {
  const project = { ...given, applications: [...byName(given.applications)], databases: [...byName(given.databases)] };
  const { name } = project;
  const databases = project.databases.map((database) => planDatabase(project, database, cluster));
  const repositories = planRepositories(project, cluster);
  const parts = {
    tenancy: planTenancy(project, cluster),
    repositories,
    secrets: planProjectSecrets(project, cluster),
    databases: {
      resources: databases.flatMap(({ resources }) => resources),
      warnings: databases.flatMap(({ warnings }) => warnings),
    },
    registry: planRegistry(project, cluster),
    builds: planBuilds(project, cluster),
    delivery: planDelivery(project, cluster),
  };
  const order = ["tenancy", "repositories", "secrets", "databases", "registry", "builds", "delivery"] as const;
  const resources = order.flatMap((part) => asPart(name, part, parts[part].resources));
  return {
    name,
    ...(project.environmentOf ? { environmentOf: project.environmentOf } : {}),
    applications: project.applications.map((application) => applicationPlan(project, application, cluster)),
    databases: databases.map(({ facts }) => facts),
    secrets: databases.map(({ facts }) => databaseSecretName(facts.name)).sort(),
    namespaces: [namespaceName(name), buildNamespaceName(name)],
    repositories: repositories.facts,
    vaultSecrets: vaultSecrets(resources),
    component: componentPlan({
      type: "idp:projects:Project",
      name,
      resources,
      workloads: [...databases.map(({ workload }) => workload), ...project.applications.map(applicationWorkload)],
      ...(project.secretSync === "vault-plugin" ? { about: aboutSecrets } : {}),
      warnings: [...order.flatMap((part) => parts[part].warnings), ...plainSecretWarnings(project)],
    }),
  };
}

const aboutSecrets = "secrets come from Vault by argocd-vault-plugin (docs/vault-plugin.md)";

function vaultSecrets(resources: readonly PlannedResource[]): readonly VaultSecretPlan[] {
  const secrets = resources.flatMap((resource) =>
    resource.kind === "vault-secret"
      ? [
          {
            mount: resource.mount,
            path: resource.path,
            keys: Object.keys(resource.data).sort(),
            writer: resource.writer,
          },
        ]
      : [],
  );
  return sorted(secrets, ({ path }) => path);
}

function applicationPlan(project: Project, application: Application, cluster: ProjectCluster): ApplicationPlan {
  const { name, git, port, domains, build, release } = application;
  return {
    name,
    repository: `${git.owner}/${git.repo}`,
    branch: git.branch,
    pin: git.hash,
    image: imageName(cluster.registryHost, project.name, name),
    port,
    addresses: domains.map((domain) => `https://${domain}`),
    build: buildPlan(build),
    release: release.mode,
  };
}

function buildPlan({ builder, paths, platforms, test, scan, sign }: Build): BuildPlan {
  const { mode, severity } = scan;
  return {
    ...{ builder, paths, platforms, sign },
    test: test !== undefined,
    scan: mode === "off" ? null : { mode, severity },
  };
}
