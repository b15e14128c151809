import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import type { IEnvVar } from "kubernetes-models/v1/EnvVar";
import type { Application } from "../../../model/application";
import { databaseVariables } from "../../../model/environment";
import {
  applicationSecretName,
  applicationVaultPath,
  databaseVaultPath,
  enteredVaultKey,
  enteredVaultPath,
  secretStoreName,
} from "../../../model/names";
import { byName, sorted } from "../../../model/sorted";
import { vaultPluginSecretName } from "../../../model/vault-plugin";
import { manifest } from "../../manifest";
import type { KubernetesManifest } from "../../planned-resource";
import { databaseConnection } from "../database-connection";
import { databaseScope, type DatabaseScope } from "../database-scope";
import { credentialKeys } from "../engines/engine-server";
import { type ApplicationScope, objectMetadata } from "./application-scope";

/** How soon a secret that a person enters in Vault is in the cluster; a pod sees it from its next start on. */
const refreshInterval = "5m";

/** A secret variable, and where its value is in Vault. */
interface SecretVariable {
  readonly name: string;
  /** Path below the mount. */
  readonly path: string;
  readonly property: string;
}

/**
 * Variables of the container. The secret ones come first, each by its own name, so that one more starts new pods, which
 * wait until it has a value; then those that say where databases are; plain ones can then be put together from all of
 * them as `$(MYSQL_HOST)`, in Kubernetes' own way.
 */
export function environment(scope: ApplicationScope): IEnvVar[] {
  const secret = environmentSecretName(scope);
  const plain = Object.entries(scope.application.env).map(([name, value]) => ({ name, value }));
  return [
    ...secretVariables(scope).map(({ name }) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret, key: name } },
    })),
    ...byName(usedDatabases(scope).flatMap(connectionVariables)),
    ...byName(plain),
  ];
}

/**
 * Where a database is, written out: another port changes the pods, so that they start anew with it at once, and not with
 * what was fetched from Vault the last time. Kubernetes puts the password into the address when it starts the container.
 */
function connectionVariables(database: DatabaseScope): readonly { readonly name: string; readonly value: string }[] {
  const { host, port, username, database: inside, url } = databaseConnection(database);
  const names = databaseVariables(database.database.name);
  return [
    { name: names.host, value: host },
    { name: names.port, value: port },
    { name: names.username, value: username },
    { name: names.database, value: inside },
    { name: names.url, value: `${url.beforePassword}$(${names.password})${url.afterPassword}` },
  ];
}

function usedDatabases({ project, application, cluster }: ApplicationScope): readonly DatabaseScope[] {
  const used = project.databases.filter(({ name }) => application.uses.includes(name));
  return used.map((database) => databaseScope(project, database, cluster));
}

/**
 * Argo CD deletes what a file no longer names only when all else is healthy: until new pods answer, those with the old
 * Secret may have to start again. Source: argo-cd docs/user-guide/sync-options.md, "Prune Last"
 */
export const prunedLast = { "argocd.argoproj.io/sync-options": "PruneLast=true" };

/**
 * Fetches the secret variables from Vault; undefined when there are none. The Secret stays when Vault no longer has
 * them, since a pod without them could not start again.
 */
export function externalSecret(scope: ApplicationScope): KubernetesManifest | undefined {
  const variables = secretVariables(scope);
  if (variables.length === 0) return undefined;
  const name = environmentSecretName(scope);
  const secret = {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { ...objectMetadata(scope, name), annotations: prunedLast },
    spec: {
      refreshInterval,
      secretStoreRef: { kind: "SecretStore", name: secretStoreName },
      target: { name, creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: variables.map((variable) => ({
        secretKey: variable.name,
        remoteRef: { key: variable.path, property: variable.property },
      })),
    },
  } as const satisfies IExternalSecret;
  return manifest(secret);
}

/** Secret that the container has its secret variables from. */
export function environmentSecretName({ project, application: { name, rotation } }: ApplicationScope): string {
  const nameOf = project.secretSync === "vault-plugin" ? vaultPluginSecretName : applicationSecretName;
  return nameOf(name, rotation);
}

/** Whether the application has variables that pods read from a Secret. */
export function hasSecretVariables({ secrets, uses }: Pick<Application, "secrets" | "uses">): boolean {
  return Object.keys(secrets).length + uses.length > 0;
}

export function secretVariables(scope: ApplicationScope): readonly SecretVariable[] {
  const { application, project } = scope;
  const own = Object.entries(application.secrets).map(([name, source]) =>
    source === "generated"
      ? { name, path: applicationVaultPath(project.name, application.name), property: name }
      : { name, path: enteredVaultPath(project.name, application.name, name), property: enteredVaultKey },
  );
  const passwords = application.uses.map((database) => ({
    name: databaseVariables(database).password,
    path: databaseVaultPath(project.name, database),
    property: credentialKeys.password,
  }));
  return sorted([...own, ...passwords], ({ name }) => name);
}
