import { thisCluster, vaultAuditFile, vaultAuthPath } from "../../model/platform-names";
import type { PlatformOutputs } from "../../model/platform-outputs";
import { signingMount } from "../../model/signing-names";
import { componentPlan } from "../component-plan";
import type { ComponentPlan } from "../planned-resource";
import type { PlannedVault, PlannedVaultAudit, PlannedVaultMount } from "../planned-vault";
import type { StackPlan } from "../stack-plan";

export interface VaultContentArgs {
  /** OpenBao has its audit device in the server's configuration and takes none by the API (CVE-2025-54997). */
  readonly distribution: PlatformOutputs["vault"]["distribution"];
  /** Path of the kv-v2 secrets engine. */
  readonly mount: string;
}

/** What is inside Vault. The audit device comes first, so that nothing is ever done without a trace. */
export function planVaultContent({ distribution, mount }: VaultContentArgs): ComponentPlan {
  const audit: readonly PlannedVaultAudit[] =
    distribution === "vault" ? [{ kind: "vault-audit", name: "vault-audit", filePath: vaultAuditFile }] : [];
  const dependsOn = audit.map(({ name }) => name);
  return componentPlan({
    type: "idp:vault:VaultContent",
    name: "vault-content",
    resources: [
      ...audit,
      secretsEngine(mount, dependsOn),
      signingEngine(mount, dependsOn),
      ...kubernetesAuth(dependsOn),
    ],
  });
}

function secretsEngine(path: string, dependsOn: readonly string[]): PlannedVaultMount {
  const description = "secrets of all projects";
  return { kind: "vault-mount", name: "vault-secrets", engine: "kv", path, description, dependsOn, protect: true };
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
  const name = "vault-kubernetes-auth";
  return [
    { kind: "vault-kubernetes-auth", name, path: vaultAuthPath, dependsOn, protect: true },
    {
      kind: "vault-kubernetes-config",
      name: "vault-kubernetes-config",
      auth: vaultAuthPath,
      apiServer: thisCluster,
      dependsOn: [...dependsOn, name],
    },
  ];
}

/** Everything that a vault stack makes. */
export function planVaultStack(stack: string, { vault }: PlatformOutputs): StackPlan {
  const components = [planVaultContent({ distribution: vault.distribution, mount: vault.mount })];
  return { stack, role: "vault", components, projects: [], warnings: [] };
}
