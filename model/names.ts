import { platformNamespaces } from "./platform-names";

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

/** Namespaces, Services and values of labels. Source: RFC 1123, section 2.1. */
const labelLength = 63;

/**
 * Kubernetes adds up to 11 characters to the name of a StatefulSet or a CronJob and makes a label of the result. Source:
 * https://github.com/kubernetes/kubernetes/issues/64023, https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
const workloadLength = 52;

/** The namespace of a project's applications and databases; its project in Argo CD and in Harbor has the same name. */
export function namespaceName(project: string): string {
  return within(labelLength, project);
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

/** Secret with an application's environment. */
export function applicationSecretName(application: string): string {
  return within(labelLength, `${application}-environment`);
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

/** Event of an application's pushes. No dot: JetStream would take it for one more part of the subject. */
export function pushEventName(project: string, application: string): string {
  return within(labelLength, `${project}_${application}`);
}

/** Path of the webhook that GitHub calls for an application. */
export function webhookPath(project: string, application: string): string {
  return `/push/${project}/${application}`;
}

/** Workflow that builds a commit in the project's build namespace: one per commit, however often GitHub tells of it. */
export function buildName(application: string, commit: string): string {
  return within(labelLength, `${application}-${commit.slice(0, 12)}`);
}

/** Everything of a project in Vault, below the mount. */
export function vaultFolder(project: string): string {
  return `projects/${project}`;
}

/** Secrets of an application in Vault. */
export function applicationVaultPath(project: string, application: string): string {
  return `${vaultFolder(project)}/applications/${application}`;
}

/** Users and passwords of a database in Vault. */
export function databaseVaultPath(project: string, database: string): string {
  return `${vaultFolder(project)}/databases/${database}`;
}

/**
 * Certificate, routes and middleware of a domain, with room for an ending such as `-redirect`: the domain, or its start
 * and a hash, then exactly as long as allowed, so that it is the name of no shorter domain.
 */
export function routeName(domain: string): string {
  if (domain.length < workloadLength) return domain;
  const digits = hash(domain);
  const start = domain.slice(0, workloadLength - digits.length - 1);
  return within(workloadLength, `${start.replace(/[.-]+$/, (end) => "0".repeat(end.length))}-${digits}`);
}

/** Pulumi's name of a resource of a project, such as `shop.mysql.password`. */
export function logicalName(project: string, ...parts: readonly string[]): string {
  return [project, ...parts].join(".");
}

function within(limit: number, name: string): string {
  if (name.length <= limit) return name;
  throw new Error(`${name} has ${name.length} characters, and ${limit} are allowed`);
}

/** FNV-1a of 64 bits in 16 hex digits: no more than a short name, so it needs no cryptography. */
function hash(text: string): string {
  const prime = 0x100000001b3n;
  const value = Array.from(text).reduce(
    (sum, character) => BigInt.asUintN(64, (sum ^ BigInt(character.codePointAt(0) ?? 0)) * prime),
    0xcbf29ce484222325n,
  );
  return value.toString(16).padStart(16, "0");
}
