import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { movingTag } from "../../model/delivery-names";
import { images } from "../../model/images";
import { argoCdApplicationName, logicalName } from "../../model/names";
import { pipelineComponentName, workflowAccountName } from "../../model/pipeline-names";
import { thisCluster } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { restarterAccountName } from "../../model/restarter-name";
import { releaseNamespace } from "../../model/repository-names";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import { accessBinding } from "../rbac";
import { emptyVolume, folders, imageOf, mountAt, retry, stepContainer, stepVolumes, withoutToken } from "./build-pod";
import type { PipelineArgs } from "./pipeline";
import { commitTemplate } from "./release-commit";
import { descriptionFile, releaseOutputs, releaseParameter } from "./release-parameters";
import type { ReleaseModePlan } from "./release-mode";

const tags = { name: "moving-tags", volume: "moving-tags", folder: "/moving-tags" } as const;
const [file, pods] = ["restart-file", "restart-pods"];

/** Seconds; the program has tries of its own meanwhile. */
const deadline = 300;

/** Sees to it that the application's file names the moving tag, and starts its pods anew. */
export function planRestartRelease(args: PipelineArgs): ReleaseModePlan {
  return {
    resources: [movingTags(args.projects), ...account()],
    parts: [{ name: file, ...fileTemplate(args) }, podsTemplate(args)],
    template: {
      outputs: {
        parameters: [
          { name: descriptionFile, valueFrom: { parameter: `{{tasks.pods.outputs.parameters.${descriptionFile}}}` } },
        ],
      },
      dag: {
        tasks: [
          { name: "file", template: file },
          { name: "pods", template: pods, depends: "file" },
        ],
      },
    },
  };
}

function fileTemplate(args: PipelineArgs): Omit<ITemplate, "name"> {
  return commitTemplate(args, {
    env: { MODE: "restart", TAGS: tags.folder },
    volumes: [{ name: tags.volume, configMap: { name: tags.name } }],
    mounts: [{ ...mountAt(tags.volume, tags.folder), readOnly: true }],
  });
}

/** What it may do to applications, each project says; here it leaves results, as every step does. */
function account(): readonly PlannedManifest[] {
  const name = restarterAccountName;
  const place = { name, namespace: releaseNamespace };
  const serviceAccount = { apiVersion: "v1", kind: "ServiceAccount", metadata: place } satisfies IServiceAccount;
  const binding = accessBinding(place, { role: workflowAccountName, account: place });
  return [
    { kind: "manifest", name: logicalName(pipelineComponentName, name), manifest: manifest(serviceAccount) },
    { kind: "manifest", name: logicalName(pipelineComponentName, `${name}-results`), manifest: binding },
  ];
}

/** The tag of each application by its name, which has no character that the key of a ConfigMap cannot have. */
function movingTags(projects: readonly Project[]): PlannedManifest {
  const data = projects.flatMap(({ name, applications }) =>
    applications
      .filter(({ release }) => release.mode === "restart")
      .map(
        (application) => [argoCdApplicationName(name, application.name), movingTag(application.git.branch)] as const,
      ),
  );
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: tags.name, namespace: releaseNamespace },
    data: Object.fromEntries(data),
  } satisfies IConfigMap;
  return { kind: "manifest", name: logicalName(pipelineComponentName, tags.name), manifest: manifest(object) };
}

/** Runs as an account of its own: nothing else in this namespace may touch what runs. */
function podsTemplate({ cluster }: PipelineArgs): ITemplate {
  return {
    name: pods,
    serviceAccountName: restarterAccountName,
    outputs: releaseOutputs,
    retryStrategy: retry(),
    activeDeadlineSeconds: deadline,
    volumes: [...stepVolumes, emptyVolume("results")],
    container: withToken(
      stepContainer({
        image: imageOf(cluster, images.node),
        program: ["node", "--input-type=module", "--eval", programs.restart],
        env: environment,
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        mounts: [mountAt("results", folders.results)],
      }),
    ),
  };
}

const environment = {
  KUBERNETES_URL: thisCluster,
  NODE_EXTRA_CA_CERTS: `${withoutToken.mountPath}/ca.crt`,
  TOKEN_FILE: `${withoutToken.mountPath}/token`,
  PROJECT: releaseParameter("project"),
  APPLICATION: releaseParameter("application"),
  COMMIT: releaseParameter("commit"),
  PINNED: releaseParameter("pinned"),
  RESULTS: folders.results,
};

/** Every other step has something of its own in the token's place. */
function withToken(container: IContainer): IContainer {
  const { volumeMounts = [], ...rest } = container;
  return { ...rest, volumeMounts: volumeMounts.filter(({ name }) => name !== withoutToken.name) };
}
