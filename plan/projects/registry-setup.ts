import type { IVolume } from "kubernetes-models/v1/Volume";
import { logicalName, registrySetupName } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import type { Project } from "../../model/project";
import type { PlannedManifest } from "../planned-resource";
import { harborSecrets, harborSecretValues } from "../platform/harbor-secrets";
import { harborService } from "../platform/harbor-values";
import { programs } from "../program-files";
import { programJob } from "../program-job";
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
  const { volume, folder } = credentials;
  const job = programJob(cluster, {
    name: registrySetupName(project.name),
    namespace: platformNamespaces.harbor,
    labels: { ...projectLabels(project.name), "app.kubernetes.io/component": "registry-setup" },
    ...{ container: "setup", program: programs.harborProject, env: environment(project) },
    ...{ retries: 1, deadline: patience.job },
    volumes: [credentialsVolume(project.name)],
    mounts: [{ name: volume, mountPath: folder, readOnly: true }],
  });
  return {
    kind: "manifest",
    name: logicalName(project.name, "registry", "setup"),
    dependsOn: [setupSecretResource(project.name)],
    replaceWith: [robotPasswordName(project.name)],
    manifest: job,
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
