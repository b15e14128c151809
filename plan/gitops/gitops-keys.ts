import { logicalName } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import {
  gitOpsComponentName,
  gitOpsReadSecretName,
  gitOpsUpdaterKeySecretName,
  gitOpsWriteKeySecretName,
  releaseNamespace,
} from "../../model/repository-names";
import { secretOf, type SecretText, secretText } from "../../model/secret-text";
import type { PlannedManifest, PlannedResource } from "../planned-resource";
import type { GitOpsRepository } from "../projects/project-cluster";
import { secretManifest, type SecretManifestArgs } from "../secret-manifest";

/** The only key that writes. It is where releases run, and in no project's namespace. */
export function planWriteKey(repository: GitOpsRepository, after: readonly string[]): readonly PlannedResource[] {
  const key = { role: "write", title: "releases write", readOnly: false };
  const secret = keySecret("write-secret", {
    ...{ name: gitOpsWriteKeySecretName, namespace: releaseNamespace },
    stringData: { url: repository.address, sshPrivateKey: privateKeyText("write") },
  });
  return [...planKey(repository, key, after), secret];
}

/** By its label, Argo CD finds the key for the repository's address, whichever project asks. */
export function planReadKey(repository: GitOpsRepository, after: readonly string[]): readonly PlannedResource[] {
  const key = { role: "read", title: "Argo CD reads", readOnly: true };
  const secret = keySecret("read-secret", {
    ...{ name: gitOpsReadSecretName, namespace: platformNamespaces.argoCd },
    labels: { "argocd.argoproj.io/secret-type": "repository" },
    stringData: { type: "git", url: repository.address, sshPrivateKey: privateKeyText("read") },
  });
  return [...planKey(repository, key, after), secret];
}

/** One more key that writes, where applications leave their releases to Argo CD Image Updater: only its pod reads it. */
export function planUpdaterKey(repository: GitOpsRepository, after: readonly string[]): readonly PlannedResource[] {
  const key = { role: "image-updater", title: "Argo CD Image Updater writes", readOnly: false };
  const secret = keySecret("image-updater-secret", {
    ...{ name: gitOpsUpdaterKeySecretName, namespace: platformNamespaces.argoCd },
    stringData: { sshPrivateKey: privateKeyText("image-updater") },
  });
  return [...planKey(repository, key, after), secret];
}

interface Key {
  readonly role: string;
  readonly title: string;
  readonly readOnly: boolean;
}

function planKey(
  { owner, repository }: GitOpsRepository,
  { role, title, readOnly }: Key,
  dependsOn: readonly string[],
): readonly PlannedResource[] {
  const name = privateKeyName(role);
  const key = secretText(secretOf(name, "openssh-public"));
  const deployKey = logicalName(gitOpsComponentName, `${role}-key`);
  return [
    { kind: "private-key", name, algorithm: "ed25519" },
    { kind: "github-deploy-key", name: deployKey, owner, repository, title, key, readOnly, dependsOn },
  ];
}

function privateKeyName(role: string): string {
  return logicalName(gitOpsComponentName, `${role}-private-key`);
}

function privateKeyText(role: string): SecretText {
  return secretText(secretOf(privateKeyName(role), "openssh"));
}

function keySecret(role: string, args: SecretManifestArgs): PlannedManifest {
  return { kind: "manifest", name: logicalName(gitOpsComponentName, role), manifest: secretManifest(args) };
}
