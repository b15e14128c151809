import type { IApplicationSet } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet";
import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import type { ISecret } from "kubernetes-models/v1/Secret";
import { platformNamespaces, thisCluster } from "../../model/platform-names";
import { secretOf, secretText } from "../../model/secret-text";
import type { ClusterFacts } from "../cluster-facts";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import type { ArgoCdArgs } from "./argo-cd";

export interface InfrastructureNames {
  /** Logical names start with it. */
  readonly resource: string;
  /** Logical name of the release that brings the kinds of Argo CD. */
  readonly release: string;
}

const namespace = platformNamespaces.argoCd;
const project = "platform";

/** The project of what administrators install through git and, when a repository is set, one Application per folder of it. */
export function planInfrastructure(
  args: ArgoCdArgs,
  { resource, release }: InfrastructureNames,
): { readonly resources: readonly PlannedManifest[]; readonly warnings: readonly string[] } {
  const { facts, infrastructure, hasInfrastructureToken } = args;
  const hasRepository = infrastructure.repository !== "";
  const appProject = platformProject(facts, infrastructure.repository);
  const planned = (role: string, object: Parameters<typeof manifest>[0], after: readonly string[]) =>
    ({ kind: "manifest", name: `${resource}-${role}`, manifest: manifest(object), dependsOn: after }) as const;
  const projectResource = planned("platform-project", appProject, [release]);
  const credential =
    hasInfrastructureToken && infrastructure.repository.startsWith("https://")
      ? [planned("infrastructure-repository", repositorySecret(infrastructure.repository), [release])]
      : [];
  const after = [release, projectResource.name, ...credential.map(({ name }) => name)];
  const set = hasRepository ? [planned("infrastructure", infrastructureSet(infrastructure), after)] : [];
  return { resources: [projectResource, ...credential, ...set], warnings: warnings(args) };
}

function warnings({ infrastructure: { repository } }: ArgoCdArgs): readonly string[] {
  if (repository === "" || repository.startsWith("https://")) return [];
  return [
    `${repository} is read by ssh, for which this program holds no key; add the key in Argo CD, ` +
      "or use the https address and idp:infrastructureToken",
  ];
}

/**
 * Who can push to the infrastructure repository administers the cluster: its folders install operators, with kinds of
 * their own for the whole cluster, into namespaces that nobody knows beforehand. Only the namespaces of the platform are
 * kept out, since two owners of one object would undo each other's work.
 */
function platformProject(facts: ClusterFacts, repository: string) {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: project, namespace },
    spec: {
      description: "What the administrators of the cluster install from the infrastructure repository",
      sourceRepos: repository === "" ? [] : [repository],
      destinations: [
        { server: thisCluster, namespace: "*" },
        ...ownNamespaces(facts).map((own) => ({ server: thisCluster, namespace: `!${own}` })),
      ],
      clusterResourceWhitelist: [{ group: "*", kind: "*" }],
    },
  } satisfies IAppProject;
}

/** Without a cert-manager of the platform's own, the repository may bring one. */
function ownNamespaces(facts: ClusterFacts): readonly string[] {
  const { certManager, ...others } = platformNamespaces;
  return [...Object.values(others), ...(facts.tls.mode === "traefik" ? [] : [certManager])].sort();
}

/** Bound to the project: no Application of another one can use it. GitHub ignores the user name beside a token. */
function repositorySecret(url: string) {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: "infrastructure-repository",
      namespace,
      labels: { "argocd.argoproj.io/secret-type": "repository" },
    },
    type: "Opaque",
    stringData: { type: "git", url, project, username: "git", password: secretText(secretOf("infrastructureToken")) },
  } satisfies Omit<ISecret, "stringData"> & { readonly stringData: object };
}

/** One Application per folder. What a folder installed stays when the folder goes: its volumes may hold data. */
function infrastructureSet({ repository, revision, path }: ArgoCdArgs["infrastructure"]) {
  const folder = "{{ .path.basename }}";
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: "infrastructure", namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [{ git: { repoURL: repository, revision, directories: [{ path }] } }],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: folder },
        spec: {
          project,
          source: { repoURL: repository, targetRevision: revision, path: "{{ .path.path }}" },
          destination: { server: thisCluster, namespace: folder },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: ["CreateNamespace=true", "ServerSideApply=true"],
            // One folder may need kinds that another one brings, and Argo CD tries a commit only once by itself.
            retry: { limit: 10, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
          },
        },
      },
    },
  } satisfies IApplicationSet;
}
