import { labelLength, shortened, within, workloadLength } from "./name-limits";
import { eventName, pipelineComponentName } from "./pipeline-names";
import { platformNamespaces } from "./platform-names";
import { gitOpsComponentName, releaseNamespace } from "./repository-names";

/**
 * Longest name of a project, an application or a database: two of them, joined, fit into the 63 characters of a DNS
 * label, and one of them leaves room for every ending below. Frozen: a lower limit would refuse files in use.
 */
export const maxNameLength = 30;

/**
 * Form of those names: a DNS label that starts with a letter, without `--`. A dot, an underscore, a slash or `--` between
 * two of them can therefore never give the text of two others, as `-` would (`a-b` and `c`, `a` and `b-c`).
 */
export const namePattern = /^[a-z](-?[a-z0-9])*$/;

/** Ends the name of a project's build namespace, so no project's own name may end in it. */
export const buildSuffix = "-build";

/** Names that no project may have, and whose they are. */
export const reservedProjectNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(platformNamespaces).map((name) => [name, "a namespace of the platform"])),
  [releaseNamespace]: "the namespace of what writes into the GitOps repository",
  [gitOpsComponentName]: "the GitOps repository itself",
  [pipelineComponentName]: "the pipeline of all projects",
  default: "a namespace of Kubernetes and a project of Argo CD",
  infrastructure: "the ApplicationSet of Argo CD that installs the infrastructure",
  library: "a project of Harbor",
  platform: "the project of Argo CD that holds the platform",
};

/** Names that no application or database may have, and whose they are. */
export const reservedServiceNames: Readonly<Record<string, string>> = {
  default: "the service account that every namespace has",
  kubernetes: "the Service of the API server, whose variables every pod gets",
};

/** The namespace of a project's applications and databases; its project in Argo CD and in Harbor has the same name. */
export function namespaceName(project: string): string {
  return within(labelLength, project);
}

/**
 * The project that an environment becomes. A hyphen joins the two, as a person would in a file of that name, so that
 * `a-b` and `c` meet `a` and `b-c`: inputs/environment-names.ts refuses that.
 */
export function environmentProjectName(project: string, environment: string): string {
  return `${project}-${environment}`;
}

/** The only namespace where a project's builds run. */
export function buildNamespaceName(project: string): string {
  return within(labelLength, `${project}${buildSuffix}`);
}

/** Service of an application or of a database, and the Deployment or StatefulSet behind it. */
export function serviceName(name: string): string {
  return within(workloadLength, name);
}

/** Where a Service is reached inside the cluster. */
export function serviceHost(project: string, name: string): string {
  return `${serviceName(name)}.${namespaceName(project)}.svc.cluster.local`;
}

/** Secret with a database's users and passwords. */
export function databaseSecretName(database: string): string {
  return within(labelLength, `${database}-credentials`);
}

/** Secret with an application's environment: another for each rotation, so that pods of one before keep their values. */
export function applicationSecretName(application: string, rotation: number): string {
  return within(labelLength, `${application}-environment${rotation === 0 ? "" : `-${rotation}`}`);
}

/** Name of the claim template of a database's StatefulSet. */
export const volumeClaimTemplate = "data";

/** The claim that Kubernetes makes of the template, for the one pod of a database. */
export function volumeClaimName(database: string): string {
  return within(labelLength, `${volumeClaimTemplate}-${serviceName(database)}-0`);
}

/** Repository of an application's image below the registry's host. */
export function imageRepositoryPath(project: string, application: string): string {
  return `${project}/${application}`;
}

/** Repository of the layers that builds of an application reuse. */
export function cacheRepositoryPath(project: string, application: string): string {
  return `${imageRepositoryPath(project, application)}/cache`;
}

/** Application of Argo CD. A dot is allowed in it, and in no name of ours. */
export function argoCdApplicationName(project: string, application: string): string {
  return within(labelLength, `${project}.${application}`);
}

/** Folder of an application in the GitOps repository. */
export function deliveryFolder(project: string, application: string): string {
  return `apps/${project}/${application}`;
}

/** An application among the dependencies of the Sensor. */
export function pushEventName(project: string, application: string): string {
  return eventName(application, `${project}/${application}`);
}

/** Secret in both namespaces of a project by which images are pulled, and pushed by builds. */
export const registrySecretName = "registry";

/** Secret and Job in Harbor's namespace that set up a project's part of the registry. */
export function registrySetupName(project: string): string {
  return within(workloadLength, `project-${project}`);
}

/** The SecretStore of each project's namespace. */
export const secretStoreName = "vault";

/** Service account that only the operator of external secrets acts as, to read a project's secrets from Vault. */
export const secretReaderName = "secret-reader";

/** Service account of the applications and databases of a project; it may do nothing. */
export const workloadAccountName = "workloads";

/** Policy and role of a project in Vault. */
export function vaultRoleName(project: string): string {
  return `project-${project}`;
}

/** Policy and role of a project's builds in Vault. No project's own name ends in `-build`, so none has the same. */
export function buildVaultRoleName(project: string): string {
  return vaultRoleName(buildNamespaceName(project));
}

/** Secret in the build namespace with the secrets of an application's builds. */
export function buildSecretName(application: string): string {
  return within(labelLength, `${application}-build-secrets`);
}

/** Workflow that builds a commit in the project's build namespace: one per commit, however often GitHub tells of it. */
export function buildName(application: string, commit: string): string {
  return within(labelLength, `${application}-${commit.slice(0, 12)}`);
}

/** Everything of a project in Vault, below the mount. */
export function vaultFolder(project: string): string {
  return `projects/${project}`;
}

/** Generated secrets of an application in Vault. */
export function applicationVaultPath(project: string, application: string): string {
  return `${vaultFolder(project)}/applications/${application}`;
}

/** Key of a secret that a person enters. */
export const enteredVaultKey = "value";

/** One secret of an application that a person enters, under the key `value`. */
export function enteredVaultPath(project: string, application: string, variable: string): string {
  return `${applicationVaultPath(project, application)}/entered/${variable}`;
}

/** Secrets that a person enters for a project's builds in Vault; builds read these and nothing else of the project. */
export function buildVaultFolder(project: string): string {
  return `${vaultFolder(project)}/builds`;
}

/** One secret of an application's builds that a person enters, under the key `value`. */
export function buildVaultPath(project: string, application: string, secret: string): string {
  return `${buildVaultFolder(project)}/${application}/${secret}`;
}

/** The robot account of a project in Harbor. */
export function registryVaultPath(project: string): string {
  return `${vaultFolder(project)}/registry`;
}

/** Webhook secrets and read keys of a project's repositories. */
export function gitHubVaultPath(project: string): string {
  return `${vaultFolder(project)}/github`;
}

/** Users and passwords of a database in Vault. */
export function databaseVaultPath(project: string, database: string): string {
  return `${vaultFolder(project)}/databases/${database}`;
}

/** Certificate, routes and middleware of a domain, with room for an ending such as `-redirect`. */
export function routeName(domain: string): string {
  return shortened(workloadLength, domain);
}

/** Pulumi's name of a resource of a project, such as `shop.mysql.password`. */
export function logicalName(project: string, ...parts: readonly string[]): string {
  return [project, ...parts].join(".");
}
