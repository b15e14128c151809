import {
  buildNamespaceName,
  logicalName,
  namespaceName,
  registrySecretName,
  registrySetupName,
  registryVaultPath,
} from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import { registryRobotUser } from "../../model/registry-names";
import { secretOf, type SecretPart, type SecretText, secretText } from "../../model/secret-text";
import type { PlannedManifest, PlannedPassword } from "../planned-resource";
import type { PlannedVaultSecret } from "../planned-vault";
import { secretManifest, type SecretManifestArgs } from "../secret-manifest";
import type { ProjectCluster } from "./project-cluster";
import { projectLabels } from "./project-labels";

/** Key of the robot account's password in the Secret that the setup reads. */
export const robotPasswordKey = "password";

/**
 * Begins every robot account's password: Harbor wants a lower-case letter, a capital and a digit, which random text nearly
 * always has. Source: Harbor's controller/robot/controller.go, IsValidSec. Frozen: it is part of passwords in use.
 */
const passwordStart = "Rb1";

/** No one depends on its old value: whoever loses it gets a new one, and the setup gives it to Harbor. */
export function planRobotPassword(project: string): PlannedPassword {
  return { kind: "password", name: robotPasswordName(project), length: 32 };
}

/** The robot account for the nodes that pull, for the builds that push, and for the setup that makes it. */
export function planRobotSecrets(project: string, { registryHost }: ProjectCluster): readonly PlannedManifest[] {
  const config = dockerConfig(project, registryHost);
  const [pull, build] = [namespaceName(project), buildNamespaceName(project)];
  const docker = { type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": config } } as const;
  const opaque = { stringData: { [robotPasswordKey]: robotPassword(project) } };
  const setup = { name: registrySetupName(project), namespace: platformNamespaces.harbor };
  return [
    plannedSecret(project, "pull-secret", { name: registrySecretName, namespace: pull }, docker),
    plannedSecret(project, "build-secret", { name: registrySecretName, namespace: build }, docker),
    plannedSecret(project, "setup-secret", setup, opaque),
  ];
}

/** The robot account where a person finds it, for a push by hand. */
export function planRobotInVault(project: string, cluster: ProjectCluster): PlannedVaultSecret {
  return {
    kind: "vault-secret",
    name: logicalName(project, "registry", "vault"),
    mount: cluster.vaultMount,
    path: registryVaultPath(project),
    data: { host: cluster.registryHost, username: registryRobotUser(project), password: robotPassword(project) },
    writer: "pulumi",
    protect: true,
  };
}

export function robotPasswordName(project: string): string {
  return logicalName(project, "registry", "robot-password");
}

/** Logical name of the Secret that the setup reads. */
export function setupSecretResource(project: string): string {
  return logicalName(project, "registry", "setup-secret");
}

/** The robot account's password, for a text that holds more than it. */
export function robotPasswordParts(project: string): readonly SecretPart[] {
  return [passwordStart, secretOf(robotPasswordName(project))];
}

function robotPassword(project: string): SecretText {
  return secretText(...robotPasswordParts(project));
}

/**
 * The kubelet and the clients that read Docker's file take user and password as they are; `auth` would hold both once more.
 * Source: kubernetes pkg/credentialprovider/config.go, docker/cli cli/config/configfile/file.go
 */
function dockerConfig(project: string, registryHost: string): SecretText {
  const [host, user] = [JSON.stringify(registryHost), JSON.stringify(registryRobotUser(project))];
  const start = `{"auths":{${host}:{"username":${user},"password":"${passwordStart}`;
  return secretText(start, secretOf(robotPasswordName(project)), `"}}}`);
}

function plannedSecret(
  project: string,
  role: "pull-secret" | "build-secret" | "setup-secret",
  place: Pick<SecretManifestArgs, "name" | "namespace">,
  content: Pick<SecretManifestArgs, "type" | "stringData">,
): PlannedManifest {
  const object = secretManifest({ ...place, labels: projectLabels(project), ...content });
  return { kind: "manifest", name: logicalName(project, "registry", role), manifest: object };
}
