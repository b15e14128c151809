import { images } from "../../../model/images";
import { buildNamespaceName } from "../../../model/names";
import type { Project } from "../../../model/project";
import { registryAuthoritySecretName } from "../../../model/registry-names";
import { chatWebhookSecret, statusTokenSecret } from "../../../model/report-names";
import { releaseNamespace } from "../../../model/repository-names";
import { componentPlan } from "../../../plan/component-plan";
import { planGitOps } from "../../../plan/gitops/gitops";
import { namespaceOf } from "../../../plan/manifest";
import { planPipeline } from "../../../plan/pipeline/pipeline";
import type { ComponentPlan, PlannedManifest, PlannedResource } from "../../../plan/planned-resource";
import { planProject } from "../../../plan/projects/project";
import type { ProjectCluster } from "../../../plan/projects/project-cluster";
import { secretManifest } from "../../../plan/secret-manifest";
import { someCluster, someProject } from "../../../tests/support/some-project";
import { marked } from "./own-objects";
import { partialComponent } from "./partial-component";

export const projectName = "e2e-pipeline";
export const applicationName = "api";
export const buildNamespace = buildNamespaceName(projectName);
export const source = { owner: "myorg", repo: "my-api", branch: "main" } as const;

/** Prints what is to be seen of the sources, and looks for what must not be seen. */
const testCommand = [
  "cat greeting.txt",
  'echo "files: $(ls -A | sort | tr "\\n" " ")"',
  'echo "token: $(ls -A /var/run/secrets/kubernetes.io/serviceaccount)"',
  'echo "mounts: $(cut -d " " -f 2 /proc/mounts | grep -v ^/proc | grep -E "key|git|ssh|secret" | sort | tr "\\n" " ")"',
  'echo "keys: $(grep -rIls "PRIVATE KEY" / --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev | sort | tr "\\n" " ")"',
].join("; ");

/** What the plans are told of the world around the node, in which everything is a stand-in. */
export interface PipelineFacts {
  /** Address of GitHub's API. */
  readonly gitHubApi: string;
  /** Line of `known_hosts` for the server of the repositories. */
  readonly knownHosts: string;
  /** Certificate (PEM) of the registry, which nobody but itself has signed. */
  readonly registryCertificate: string;
}

/** Values of the secret config keys that the plans name. */
export function pipelineSecrets({ gitHubApi }: Pick<PipelineFacts, "gitHubApi">) {
  return {
    [statusTokenSecret(source.owner)]: "github_pat_canary-status-4716",
    [chatWebhookSecret]: `${gitHubApi}/chat/canary-chat-4717`,
  };
}

function pipelineProject(): Project {
  const { repository, tag } = images.node;
  const test = { image: `${repository}:${tag}`, command: testCommand };
  const resources = { cpu: "50m", cpuLimit: "1", memory: "64Mi", memoryLimit: "256Mi", disk: "1Gi" };
  const git = { type: "github", ...source };
  return someProject(
    { applications: [{ name: applicationName, git, port: 8080, build: { test, resources } }] },
    projectName,
  );
}

/** The lab's own authority, and a sweep so rare that it is none of the rows'. */
function pipelineCluster({ gitHubApi: api, knownHosts }: PipelineFacts): ProjectCluster {
  const gitHub = { ...someCluster.gitHub, api, knownHosts };
  return { ...someCluster, gitHub, labAuthority: true, sweepMinutes: 1440 };
}

/** What the plans make in the namespaces of builds and of releases, and for both; the node has no Vault, GitHub or Harbor. */
export function pipelineComponent(facts: PipelineFacts): ComponentPlan {
  const [cluster, projects] = [pipelineCluster(facts), [pipelineProject()]];
  const components = [
    planGitOps({ repository: cluster.gitOps, mode: "use", ruleset: false }),
    planPipeline({ cluster, projects, presentSecrets: { statusOwners: [source.owner], chat: true } }),
    ...projects.map((project) => planProject(project, cluster).component),
  ];
  const all = componentPlan({
    type: "idp:e2e:Pipeline",
    name: projectName,
    resources: [...components.flatMap(({ resources }) => resources), registryAuthority(facts)],
  });
  const part = partialComponent(all, isForNode);
  return { ...part, resources: part.resources.map(withMark) };
}

/** cert-manager makes it of the plan's Certificate, and is not on the node. */
function registryAuthority({ registryCertificate }: PipelineFacts): PlannedManifest {
  const place = { name: registryAuthoritySecretName, namespace: buildNamespace };
  const stringData = { "ca.crt": registryCertificate };
  return { kind: "manifest", name: "e2e-registry-authority", manifest: secretManifest({ ...place, stringData }) };
}

const namespaces: readonly string[] = [buildNamespace, releaseNamespace];

function isForNode(resource: PlannedResource): boolean {
  if (resource.kind !== "manifest") return resource.kind === "password" || resource.kind === "private-key";
  const { apiVersion, kind, metadata } = resource.manifest;
  const namespace = kind === "Namespace" ? metadata.name : namespaceOf(resource.manifest);
  if (namespace === undefined) return kind === "ClusterWorkflowTemplate" || kind === "PriorityClass";
  return namespaces.includes(namespace) && isServed(apiVersion);
}

/** Kubernetes' own objects, and Argo's, of which the testbed has the definitions alone. */
function isServed(apiVersion: string): boolean {
  const [group = ""] = apiVersion.split("/");
  return !group.includes(".") || group.endsWith(".k8s.io") || group === "argoproj.io";
}

/** Names that an installation has too are marked. */
function withMark(resource: PlannedResource): PlannedResource {
  if (resource.kind !== "manifest" || namespaceOf(resource.manifest) !== undefined) return resource;
  return { ...resource, manifest: marked(resource.manifest) };
}
