import type { IJob } from "kubernetes-models/batch/v1/Job";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import { logicalName, registrySetupName } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { imageRepository } from "../cluster-facts";
import { restrictedContainer, restrictedPod } from "../container-security";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { harborSecrets, harborSecretValues } from "../platform/harbor-secrets";
import { harborService } from "../platform/harbor-values";
import { programs } from "../program-files";
import type { ProjectCluster } from "./project-cluster";
import { projectLabels } from "./project-labels";
import { robotPasswordKey, robotPasswordName, setupSecretResource } from "./registry-secrets";
import { registryState } from "./registry-state";

const credentials = { volume: "credentials", folder: "/credentials", admin: "admin-password", robot: "robot-password" };

/**
 * Seconds. The program waits for a Harbor that is still starting, and the Job ends before Pulumi stops waiting for it after
 * ten minutes, so that what a person reads is the reason. Source: pulumi-kubernetes provider/pkg/await/job.go
 */
const patience = { program: 240, job: 540 };

/**
 * Talks to Harbor's API from inside the cluster. A Job's template never changes, so each change of the state or of the
 * program makes a new Job; so does a new password. One that failed is made anew by the next `pulumi up`.
 */
export function planRegistrySetup(project: Project, cluster: ProjectCluster): PlannedManifest {
  const labels = { ...projectLabels(project.name), "app.kubernetes.io/component": "registry-setup" };
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: registrySetupName(project.name),
      namespace: platformNamespaces.harbor,
      labels: { ...labels },
      annotations: { "pulumi.com/replaceUnready": "true" },
    },
    spec: {
      backoffLimit: 1,
      activeDeadlineSeconds: patience.job,
      template: { metadata: { labels: { ...labels } }, spec: pod(project, cluster) },
    },
  } satisfies IJob;
  return {
    kind: "manifest",
    name: logicalName(project.name, "registry", "setup"),
    dependsOn: [setupSecretResource(project.name)],
    replaceWith: [robotPasswordName(project.name)],
    manifest: manifest(job),
  };
}

function pod(project: Project, cluster: ProjectCluster) {
  return {
    restartPolicy: "Never" as const,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { ...restrictedPod(images.node.user) },
    containers: [container(project, cluster)],
    volumes: [credentialsVolume(project.name)],
  };
}

/** The program is an argument: a file of its own would be one more object, whose change would start nothing. */
function container(project: Project, cluster: ProjectCluster): IContainer {
  const { repository, tag } = images.node;
  return {
    name: "setup",
    image: `${imageRepository(cluster, repository)}:${tag}`,
    command: ["node"],
    args: ["--input-type=module", "--eval", programs.harborProject],
    env: Object.entries(environment(project)).map(([name, value]) => ({ name, value })),
    resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    // The last sentence of the program is then what Pulumi shows.
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [{ name: credentials.volume, mountPath: credentials.folder, readOnly: true }],
  };
}

function environment(project: Project): Readonly<Record<string, string>> {
  const { folder, admin, robot } = credentials;
  return {
    HARBOR_URL: `http://${harborService.name}:${harborService.port}`,
    DESIRED_STATE: JSON.stringify(registryState(project)),
    WAIT_SECONDS: String(patience.program),
    ADMIN_PASSWORD_FILE: `${folder}/${admin}`,
    ADMIN_SECRET: `the Secret ${harborSecrets.admin} in the namespace ${platformNamespaces.harbor}`,
    ROBOT_PASSWORD_FILE: `${folder}/${robot}`,
  };
}

function credentialsVolume(project: string): IVolume {
  const file = (name: string, key: string, path: string) => ({ secret: { name, items: [{ key, path }] } });
  return {
    name: credentials.volume,
    projected: {
      defaultMode: 0o440,
      sources: [
        file(harborSecrets.admin, harborSecretValues.global.existingSecretAdminPasswordKey, credentials.admin),
        file(registrySetupName(project), robotPasswordKey, credentials.robot),
      ],
    },
  };
}
