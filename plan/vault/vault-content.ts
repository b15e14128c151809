import { thisCluster, vaultAuditFile, vaultAuthPath } from "../../model/platform-names";
import type { PlatformOutputs } from "../../model/platform-outputs";
import { signingMount } from "../../model/signing-names";
import { componentPlan } from "../component-plan";
import type { ComponentPlan, PlannedResource } from "../planned-resource";
import type { PlannedVault, PlannedVaultAudit, PlannedVaultMount } from "../planned-vault";
import { planBackupAccess } from "./backup-access";
import { planBootstrapEnd } from "./bootstrap-end";
import { planOperatorPolicy, planOperatorRole } from "./operator-access";
import { planPlatformSecrets } from "./platform-secrets";

/**
 * What decides what is inside Vault: `mount` is the path of the kv-v2 engine, `backup` whether snapshots are made, and OpenBao
 * has its audit device in the server's configuration and takes none by the API (CVE-2025-54997).
 */
export type VaultContentArgs = Pick<PlatformOutputs["vault"], "distribution" | "mount" | "backup"> &
  Pick<PlatformOutputs, "imageRegistry">;

/** Logical name of the kv-v2 engine. Frozen: a rename would delete all secrets. */
const secretsEngineName = "vault-secrets";

/** Logical name of the auth method. */
const authName = "vault-kubernetes-auth";

/**
 * What is inside Vault. The audit device comes first, so that nothing is ever done without a trace. That holds for the
 * secrets of the projects stack, too: they are in the engine that is made here after the device, and without that
 * engine Vault refuses each of them.
 *
 * The operator's policy is the second, so that a newer version of this program has its rights before it needs them.
 */
export function planVaultContent(args: VaultContentArgs): ComponentPlan {
  const { distribution, mount, backup } = args;
  const audit: readonly PlannedVaultAudit[] =
    distribution === "vault" ? [{ kind: "vault-audit", name: "vault-audit", filePath: vaultAuditFile }] : [];
  const operator = planOperatorPolicy({ distribution, mount }, namesOf(audit));
  const first = namesOf([...audit, operator]);
  const content: readonly PlannedResource[] = [
    ...audit,
    operator,
    secretsEngine(mount, first),
    signingEngine(mount, first),
    ...kubernetesAuth(first),
    planOperatorRole([operator.name, authName]),
    ...(backup ? planBackupAccess({ policy: first, role: [authName] }) : []),
    ...planPlatformSecrets(mount, [...first, secretsEngineName]),
  ];
  const end = planBootstrapEnd(args, { after: namesOf(content), anewWith: secretsEngineName });
  return componentPlan({
    type: "idp:vault:VaultContent",
    name: "vault-content",
    resources: [...content, end],
    about: "a Job ends the bootstrap token",
  });
}

function namesOf(resources: readonly PlannedResource[]): readonly string[] {
  return resources.map(({ name }) => name);
}

function secretsEngine(path: string, dependsOn: readonly string[]): PlannedVaultMount {
  const description = "secrets of all projects";
  return { kind: "vault-mount", name: secretsEngineName, engine: "kv", path, description, dependsOn, protect: true };
}

/** Always there: it is empty until a project signs its images, and the projects stack may not make engines. */
function signingEngine(mount: string, dependsOn: readonly string[]): PlannedVaultMount {
  return {
    kind: "vault-mount",
    name: "vault-signing",
    engine: "transit",
    path: signingMount(mount),
    description: "keys that sign the images of projects",
    dependsOn,
    protect: true,
  };
}

/**
 * Pods of this cluster log in with the token of their service account; the roles are those of the projects, which would be
 * gone with the method.
 */
function kubernetesAuth(dependsOn: readonly string[]): readonly PlannedVault[] {
  return [
    { kind: "vault-kubernetes-auth", name: authName, path: vaultAuthPath, dependsOn, protect: true },
    {
      kind: "vault-kubernetes-config",
      name: "vault-kubernetes-config",
      auth: vaultAuthPath,
      apiServer: thisCluster,
      dependsOn: [...dependsOn, authName],
    },
  ];
}
