import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import {
  buildNamespaceName,
  buildSecretName,
  buildVaultPath,
  enteredVaultKey,
  logicalName,
  secretStoreName,
} from "../../../model/names";
import type { Project } from "../../../model/project";
import { manifest } from "../../manifest";
import type { PlannedManifest, PlannedResource } from "../../planned-resource";
import type { PlannedVaultSecret } from "../../planned-vault";
import { enteredPlaceholder } from "../application-secrets";
import type { ApplicationScope } from "../delivery/application-scope";
import type { ProjectCluster } from "../project-cluster";
import { applicationBuildLabels } from "../project-labels";
import { planBuildStore } from "../secret-store";
import { planBuildVaultAccess } from "../vault-access";

/** How soon a secret that a person enters in Vault is there for the next build. */
const refreshInterval = "5m";

/** The way from Vault into the build namespace, only where some build takes it. */
export function planBuildSecretAccess(
  { name, applications }: Project,
  { vaultMount }: ProjectCluster,
): readonly PlannedResource[] {
  if (applications.every(({ build }) => build.secrets.length === 0)) return [];
  return [...planBuildVaultAccess(name, vaultMount), ...planBuildStore(name, vaultMount)];
}

/** The secrets of one application's builds: a place in Vault for each, and what brings them to its builds. */
export function planBuildSecrets(scope: ApplicationScope): readonly PlannedResource[] {
  const names = [...scope.application.build.secrets].sort();
  if (names.length === 0) return [];
  return [...names.map((name) => placeInVault(scope, name)), planExternalSecret(scope, names)];
}

/** It is the person's: it stays in Vault when the file no longer names it. */
function placeInVault({ project, application, cluster }: ApplicationScope, secret: string): PlannedVaultSecret {
  return {
    kind: "vault-secret",
    name: logicalName(project.name, application.name, `build-secret-${secret}`),
    mount: cluster.vaultMount,
    path: buildVaultPath(project.name, application.name, secret),
    data: { [enteredVaultKey]: enteredPlaceholder },
    writer: "person",
    protect: true,
    retain: true,
  };
}

function planExternalSecret({ project, application }: ApplicationScope, names: readonly string[]): PlannedManifest {
  const name = buildSecretName(application.name);
  const labels = { ...applicationBuildLabels(project, application) };
  const secret = {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace: buildNamespaceName(project.name), labels },
    spec: {
      refreshInterval,
      secretStoreRef: { kind: "SecretStore", name: secretStoreName },
      target: { name, creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: names.map((secretKey) => ({
        secretKey,
        remoteRef: {
          key: buildVaultPath(project.name, application.name, secretKey),
          property: enteredVaultKey,
        },
      })),
    },
  } as const satisfies IExternalSecret;
  return {
    kind: "manifest",
    name: logicalName(project.name, application.name, "build-secrets"),
    dependsOn: [
      logicalName(project.name, "build-secret-store"),
      ...names.map((part) => logicalName(project.name, application.name, `build-secret-${part}`)),
    ],
    manifest: manifest(secret),
  };
}
