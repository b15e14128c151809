import type { ISecret } from "kubernetes-models/v1/Secret";
import { manifest } from "../../manifest";
import type { KubernetesManifest } from "../../planned-resource";
import {
  environmentSecretName,
  externalSecret,
  hasSecretVariables,
  prunedLast,
  secretVariables,
} from "./application-environment";
import { type ApplicationScope, objectMetadata } from "./application-scope";

/** What brings the secret variables from Vault into the cluster; undefined when there are none. */
export function applicationSecret(scope: ApplicationScope): KubernetesManifest | undefined {
  switch (scope.project.secretSync) {
    case "external-secrets":
      return externalSecret(scope);
    case "vault-plugin":
      return isFilledByPlugin(scope) ? filledSecret(scope) : undefined;
  }
}

/** Whether Argo CD renders the application by argocd-vault-plugin: only then does its file hold placeholders. */
export function isFilledByPlugin({ project, application }: Pick<ApplicationScope, "project" | "application">): boolean {
  return project.secretSync === "vault-plugin" && hasSecretVariables(application);
}

/**
 * A Secret with a placeholder for each value. They stand in `data`, which holds base64: whatever was not filled is refused by
 * the API server, and a value that leaves Vault leaves the cluster too, which `stringData` would keep with server-side apply.
 */
function filledSecret(scope: ApplicationScope): KubernetesManifest {
  const values = secretVariables(scope).map(({ name, path, property }): [string, string] => [
    name,
    `<path:${scope.cluster.vaultMount}/data/${path}#${property} | base64encode>`,
  ]);
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { ...objectMetadata(scope, environmentSecretName(scope)), annotations: prunedLast },
    type: "Opaque",
    data: Object.fromEntries(values),
  } as const satisfies ISecret;
  return manifest(secret);
}
