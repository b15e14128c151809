import type { IUserContainer } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/UserContainer";
import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { images } from "../../model/images";
import { gitFilesName } from "../../model/pipeline-names";
import { repositoryKeysSecretName } from "../../model/repository-names";
import { restrictedContainer } from "../container-security";
import { programs } from "../program-files";
import { input } from "./build-inputs";
import {
  type BuildFacts,
  checkoutName,
  emptyVolume,
  folders,
  imageOf,
  mountAt,
  variables,
  withoutToken,
} from "./build-pod";
import { gitFiles, gitFilesMounts } from "./git-files";

const readKey = { volume: "read-key", folder: "/read-key", file: "key" };

/** The key that reads one repository, and no other key of the project's. */
export const sourceVolumes: readonly IVolume[] = [
  {
    name: readKey.volume,
    secret: {
      secretName: repositoryKeysSecretName,
      items: [{ key: input("repository-key"), path: readKey.file }],
      // The group is that of the pod's volumes; the program makes a copy as ssh wants it.
      defaultMode: 0o440,
    },
  },
  { name: gitFiles.volume, configMap: { name: gitFilesName } },
];

/** Where a container sees that key, and whom ssh is to believe. */
export const sourceMounts: readonly IVolumeMount[] = [
  { ...mountAt(readKey.volume, readKey.folder), readOnly: true },
  ...gitFilesMounts,
];

/** Which commit of which repository, for programs that ask git. */
export const sourceEnvironment = {
  REPOSITORY: input("repository"),
  BRANCH: input("branch"),
  COMMIT: input("commit"),
  SSH_KEY_FILE: `${readKey.folder}/${readKey.file}`,
  KNOWN_HOSTS_FILE: gitFiles.knownHosts,
} as const;

/** Gets the sources before a step starts. It has the read key, and what runs after it has not. */
export function checkout(facts: BuildFacts): IUserContainer {
  return {
    name: checkoutName,
    image: imageOf(facts, images.git),
    command: ["sh", "-c", programs.checkout],
    env: variables({ ...sourceEnvironment, WORKSPACE: folders.workspace }),
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    // A step that never starts has no outputs: the end of this log is what the Workflow shows.
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      withoutToken,
      ...sourceMounts,
      mountAt("workspace", folders.workspace),
      mountAt("checkout", folders.temporary),
    ],
  };
}

/** What a pod with sources has beside the volumes of every pod. The program's scratch is not that of the step. */
export const checkoutVolumes: readonly IVolume[] = [
  ...sourceVolumes,
  emptyVolume("workspace"),
  emptyVolume("checkout"),
];

/** Where a step finds the sources. */
export const workspaceMount = mountAt("workspace", folders.workspace);
