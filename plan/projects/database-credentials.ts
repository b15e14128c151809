import { databaseSecretName, databaseVaultPath, logicalName, namespaceName } from "../../model/names";
import { secretOf, type SecretText, secretText } from "../../model/secret-text";
import type { PlannedManifest, PlannedPassword } from "../planned-resource";
import type { PlannedVaultSecret } from "../planned-vault";
import { secretManifest } from "../secret-manifest";
import { databaseConnection } from "./database-connection";
import { databaseResource, type DatabaseScope } from "./database-scope";
import { credentialKeys, type Passwords } from "./engines/engine-server";
import { planPassword } from "./generated-password";
import { databaseObjectLabels } from "./project-labels";

/** The passwords of the superuser and of the application. Whoever loses them is locked out of the data. */
export function planPasswords(scope: DatabaseScope): readonly PlannedPassword[] {
  return [rootPasswordName(scope), passwordName(scope)].map(planPassword);
}

/**
 * Everything that an application needs to connect, and what the pod itself reads. It stays in the cluster as long as the
 * volume does: without the passwords the data cannot be read.
 */
export function planCredentials(scope: DatabaseScope): PlannedManifest {
  const { project, database } = scope;
  const secret = secretManifest({
    name: databaseSecretName(database.name),
    namespace: namespaceName(project.name),
    labels: databaseObjectLabels(project, database),
    stringData: { ...connection(scope), ...serverFile(scope) },
  });
  return {
    kind: "manifest",
    name: databaseResource(scope, "credentials"),
    dependsOn: [logicalName(project.name, "namespace")],
    retain: true,
    manifest: secret,
  };
}

/** The same in Vault, from where applications get it. */
export function planVaultCredentials(scope: DatabaseScope): PlannedVaultSecret {
  const { project, database, cluster } = scope;
  return {
    kind: "vault-secret",
    name: databaseResource(scope, "vault-credentials"),
    mount: cluster.vaultMount,
    path: databaseVaultPath(project.name, database.name),
    data: connection(scope),
    writer: "pulumi",
    protect: true,
  };
}

function connection(scope: DatabaseScope): Readonly<Record<string, string | SecretText>> {
  const { host, port, database, username, url } = databaseConnection(scope);
  return {
    [credentialKeys.host]: host,
    [credentialKeys.port]: port,
    [credentialKeys.database]: database,
    [credentialKeys.username]: username,
    [credentialKeys.password]: passwordTexts(scope).application,
    [credentialKeys.url]: secretText(url.beforePassword, secretOf(passwordName(scope)), url.afterPassword),
    [credentialKeys.rootUsername]: scope.server.accounts.root,
    [credentialKeys.rootPassword]: passwordTexts(scope).root,
  };
}

function serverFile(scope: DatabaseScope): Readonly<Record<string, string | SecretText>> {
  const file = scope.server.file?.(passwordTexts(scope));
  return file ? { [file.name]: file.text } : {};
}

/** The passwords as a plan writes them. */
export function passwordTexts(scope: DatabaseScope): Passwords {
  return {
    root: secretText(secretOf(rootPasswordName(scope))),
    application: secretText(secretOf(passwordName(scope))),
  };
}

function passwordName(scope: DatabaseScope): string {
  return databaseResource(scope, "password");
}

function rootPasswordName(scope: DatabaseScope): string {
  return databaseResource(scope, "root-password");
}
