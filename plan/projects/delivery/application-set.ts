import type { IApplicationSet } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet";
import { imageTag, releaseFilePath } from "../../../model/delivery-names";
import { argoCdApplicationName, deliveryFolder, logicalName, namespaceName } from "../../../model/names";
import { platformNamespaces, thisCluster } from "../../../model/platform-names";
import type { Project } from "../../../model/project";
import { vaultPluginImageVariable, vaultPluginName } from "../../../model/vault-plugin";
import { manifest } from "../../manifest";
import type { PlannedManifest } from "../../planned-resource";
import type { ProjectCluster } from "../project-cluster";
import { projectLabels } from "../project-labels";
import { applicationImage, type ApplicationScope } from "./application-scope";
import { isFilledByPlugin } from "./application-secret";

/**
 * Seconds until a first release is seen; later ones are seen by the Application itself. All projects ask for the same
 * repository, which Argo CD fetches once.
 */
const lookEvery = 60;

/** The application's own name, by the folder in which CI's file was found. */
const application = "{{ .path.basename }}";

type Generator = NonNullable<IApplicationSet["spec"]["generators"]>[number];

type Source = NonNullable<IApplicationSet["spec"]["template"]["spec"]["source"]>;

/**
 * One Application for each application that was released: one whose file of CI exists. What an Application deployed stays
 * when the Application goes, since nobody wants a project to vanish with a line of a file.
 */
export function planApplicationSet(
  scopes: readonly ApplicationScope[],
  { project, cluster, dependsOn }: SetArgs,
): PlannedManifest {
  const set = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: {
      name: namespaceName(project.name),
      namespace: platformNamespaces.argoCd,
      labels: { ...projectLabels(project.name) },
    },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: generators(scopes, cluster),
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: template(project, cluster),
    },
  } satisfies IApplicationSet;
  const name = logicalName(project.name, "application-set");
  return { kind: "manifest", name, dependsOn, manifest: manifest(set) };
}

interface SetArgs {
  readonly project: Project;
  readonly cluster: ProjectCluster;
  /** Logical names of what it needs: the AppProject and the files that it deploys. */
  readonly dependsOn: readonly string[];
}

/** Argo CD's project has the name of ours, written out: a project taken from a template could be chosen by a file. */
function template(project: Project, cluster: ProjectCluster): IApplicationSet["spec"]["template"] {
  return {
    metadata: {
      name: argoCdApplicationName(project.name, application),
      labels: { ...projectLabels(project.name) },
      // Asks the API server what would change, so that a default of its own is no difference.
      annotations: { "argocd.argoproj.io/compare-options": "ServerSideDiff=true" },
    },
    spec: {
      project: namespaceName(project.name),
      source: {
        repoURL: cluster.gitOps.address,
        targetRevision: cluster.gitOps.branch,
        path: deliveryFolder(project.name, application),
      },
      destination: { server: thisCluster, namespace: namespaceName(project.name) },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ["CreateNamespace=false", "ServerSideApply=true"],
        // Argo CD tries a commit only once by itself, and a webhook of another operator may be down just then. What was
        // committed meanwhile may be what mends it.
        retry: { limit: 10, refresh: true, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
      },
    },
  };
}

function generators(scopes: readonly ApplicationScope[], cluster: ProjectCluster): Generator[] {
  const free = scopes.filter(({ application: { git } }) => git.hash === null);
  const plain = free.filter((scope) => !isFilledByPlugin(scope));
  const [filled, ...more] = free.filter(isFilledByPlugin);
  const pinned = scopes.flatMap((scope) => {
    const { hash } = scope.application.git;
    const files = filesOf([scope], cluster);
    return hash === null ? [] : [{ git: { ...files, template: laidOver(scope, pinnedSource(scope, hash)) } }];
  });
  return [
    ...(plain.length === 0 ? [] : [{ git: filesOf(plain, cluster) }]),
    ...(filled
      ? [{ git: { ...filesOf([filled, ...more], cluster), template: laidOver(filled, { plugin: byPlugin }) } }]
      : []),
    ...pinned,
  ];
}

/** Files by their names: a folder that somebody adds to the repository deploys nothing. */
function filesOf(scopes: readonly ApplicationScope[], { gitOps }: ProjectCluster) {
  return {
    repoURL: gitOps.address,
    revision: gitOps.branch,
    requeueAfterSeconds: lookEvery,
    files: scopes.map(({ project, application: { name } }) => ({ path: releaseFilePath(project.name, name) })),
  };
}

/** Renders by argocd-vault-plugin, which takes the place of kustomize and runs it itself. */
const byPlugin = { name: vaultPluginName };

/**
 * Holds an application at a commit, whatever CI's file says: Argo CD, or the script that runs the plugin, puts this image
 * into the file by `kustomize edit set image` before it is rendered. Source: argo-cd util/kustomize/kustomize.go
 */
function pinnedSource(scope: ApplicationScope, commit: string): Partial<Source> {
  const image = `${applicationImage(scope)}:${imageTag(commit)}`;
  return isFilledByPlugin(scope)
    ? { plugin: { ...byPlugin, env: [{ name: vaultPluginImageVariable, value: image }] } }
    : { kustomize: { images: [image] } };
}

/** What a generator lays over the template. Source: argo-cd docs/operator-manual/applicationset/Template.md */
function laidOver({ project, cluster }: ApplicationScope, source: Partial<Source>) {
  return {
    metadata: {},
    spec: {
      project: namespaceName(project.name),
      source: { repoURL: cluster.gitOps.address, ...source },
      destination: {},
    },
  };
}
