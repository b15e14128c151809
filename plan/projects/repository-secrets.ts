import { buildNamespaceName, gitHubVaultPath, logicalName } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import { repositoryKeysSecretName, webhookKeysSecretName, webhookSecretName } from "../../model/repository-names";
import type { SecretText } from "../../model/secret-text";
import type { PlannedManifest, PlannedResource } from "../planned-resource";
import type { PlannedVaultSecret } from "../planned-vault";
import { secretManifest } from "../secret-manifest";
import { projectLabels } from "./project-labels";
import { type ProjectRepository, readKeyText, webhookSecretText } from "./project-repositories";

/** Where the secrets of a project's repositories are read: by the event source, by builds, and by a person in Vault. */
export function planRepositorySecrets(
  project: string,
  vaultMount: string,
  repositories: readonly ProjectRepository[],
): readonly PlannedResource[] {
  return [
    secret(project, "repository-webhooks", {
      metadata: { name: webhookSecretName(project), namespace: platformNamespaces.argoEvents },
      texts: repositories.map((repository) => [repository.key, webhookSecretText(repository)]),
    }),
    secret(project, "repository-keys", {
      metadata: { name: repositoryKeysSecretName, namespace: buildNamespaceName(project) },
      texts: repositories.map((repository) => [repository.key, readKeyText(repository)]),
    }),
    secret(project, "build-webhooks", {
      metadata: { name: webhookKeysSecretName, namespace: buildNamespaceName(project) },
      texts: repositories.map((repository) => [repository.key, webhookSecretText(repository)]),
    }),
    vaultSecret(project, vaultMount, repositories),
  ];
}

type Texts = readonly (readonly [string, SecretText])[];

function secret(
  project: string,
  role: string,
  of: { readonly metadata: { readonly name: string; readonly namespace: string }; readonly texts: Texts },
): PlannedManifest {
  const stringData = Object.fromEntries(of.texts);
  const object = secretManifest({ ...of.metadata, labels: projectLabels(project), stringData });
  return { kind: "manifest", name: logicalName(project, role), manifest: object };
}

function vaultSecret(project: string, mount: string, repositories: readonly ProjectRepository[]): PlannedVaultSecret {
  const texts: Texts = repositories.flatMap((repository) => [
    [`${repository.key}.private-key`, readKeyText(repository)],
    [`${repository.key}.webhook-secret`, webhookSecretText(repository)],
  ]);
  return {
    kind: "vault-secret",
    name: logicalName(project, "repository-vault"),
    mount,
    path: gitHubVaultPath(project),
    data: Object.fromEntries(texts),
    writer: "pulumi",
    protect: true,
  };
}
