import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { images } from "../../model/images";
import { gitFilesName } from "../../model/pipeline-names";
import { manifest } from "../manifest";
import type { Labels } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";
import type { GitHubHost } from "../projects/project-cluster";

/** Names of the files that git's pods have from the ConfigMap, and where they see them. */
export const gitFiles = { volume: "git-files", knownHosts: "/git/known_hosts" } as const;

const users = "passwd";
const knownHosts = "known_hosts";

export interface GitFilesPlanArgs {
  /** Logical name of the ConfigMap. */
  readonly resource: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly gitHub: GitHubHost;
}

/** What ssh needs beside a key: a name for its user, which the image of git does not know, and whom to believe. */
export function planGitFiles({ resource, namespace, labels, gitHub }: GitFilesPlanArgs): PlannedManifest {
  const { user } = images.git;
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: gitFilesName, namespace, labels: { ...labels } },
    data: {
      [users]: `git:x:${user}:${user}::/tmp:/bin/sh\n`,
      [knownHosts]: `${gitHub.knownHosts.trimEnd()}\n`,
    },
  } satisfies IConfigMap;
  return { kind: "manifest", name: resource, manifest: manifest(object) };
}

/** Where a container of git has the two files. */
export const gitFilesMounts: readonly IVolumeMount[] = [
  { name: gitFiles.volume, mountPath: "/etc/passwd", subPath: users, readOnly: true },
  { name: gitFiles.volume, mountPath: gitFiles.knownHosts, subPath: knownHosts, readOnly: true },
];

/** What a person has to say before anything is built from an Enterprise server. */
export function gitHubKeyWarnings({ host, knownHosts: keys }: GitHubHost): readonly string[] {
  return keys.trim() === ""
    ? [
        `no key of ${host} is known, so nothing is built from it; set \`idp:github.knownHosts\` to what \`ssh-keyscan ${host}\` prints`,
      ]
    : [];
}
